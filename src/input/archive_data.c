/* SPDX-License-Identifier: MIT */
#include "input/archive_data.h"

static void next_block(struct tn_archive_data *data, struct archive *archive)
{
    const void *bytes = NULL;
    size_t len = 0;
    la_int64_t offset = data->at;
    data->result = archive_read_data_block(archive, &bytes, &len, &offset);
    data->left = tn_str_slice(bytes, bytes ? len : 0);
    data->begins = offset > data->at ? offset : data->at;
}

static size_t give_zeros(struct tn_archive_data *data, char *into, size_t room)
{
    uint64_t gap = (uint64_t)(data->begins - data->at);
    size_t count = gap < room ? (size_t)gap : room;
    memset(into, 0, count);
    return count;
}

static size_t give_bytes(struct tn_archive_data *data, char *into, size_t room)
{
    size_t count = data->left.len < room ? data->left.len : room;
    memcpy(into, data->left.s, count);
    data->left = tn_str_from(data->left, count);
    data->begins += (int64_t)count;
    return count;
}

la_ssize_t tn_archive_data_read(struct tn_archive_data *data, struct archive *archive, char *into, size_t room)
{
    while (data->left.len == 0 && data->begins == data->at && data->result == ARCHIVE_OK)
        next_block(data, archive);
    size_t count = data->at < data->begins ? give_zeros(data, into, room) : 0;
    if (count == 0 && data->left.len)
        count = give_bytes(data, into, room);
    data->at += (int64_t)count;
    if (count || data->result == ARCHIVE_EOF)
        return (la_ssize_t)count;
    return data->result;
}
