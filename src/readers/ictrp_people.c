/* SPDX-License-Identifier: MIT */
/* Contacts and ethics committees, of which each column states one member: "A;B" of names beside ";b@x" of addresses. */
#include "readers/ictrp.h"
#include "readers/put_parts.h"

enum { MOST_PEOPLE = 200 };

static const struct {
    const char *key;
    enum tn_ictrp_group group;
    enum tn_ictrp_member member;
} columns[] = {
    {"Contact_Firstname", TN_ICTRP_CONTACT, TN_ICTRP_FIRST_NAME},
    {"Contact_Lastname", TN_ICTRP_CONTACT, TN_ICTRP_LAST_NAME},
    {"Contact_Address", TN_ICTRP_CONTACT, TN_ICTRP_ADDRESS},
    {"Contact_Email", TN_ICTRP_CONTACT, TN_ICTRP_EMAIL},
    {"Contact_Tel", TN_ICTRP_CONTACT, TN_ICTRP_PHONE},
    {"Contact_Affiliation", TN_ICTRP_CONTACT, TN_ICTRP_AFFILIATION},
    {"Public_Contact_Firstname", TN_ICTRP_PUBLIC, TN_ICTRP_FIRST_NAME},
    {"Public_Contact_Lastname", TN_ICTRP_PUBLIC, TN_ICTRP_LAST_NAME},
    {"Public_Contact_Address", TN_ICTRP_PUBLIC, TN_ICTRP_ADDRESS},
    {"Public_Contact_Email", TN_ICTRP_PUBLIC, TN_ICTRP_EMAIL},
    {"Public_Contact_Tel", TN_ICTRP_PUBLIC, TN_ICTRP_PHONE},
    {"Public_Contact_Affiliation", TN_ICTRP_PUBLIC, TN_ICTRP_AFFILIATION},
    {"Scientific_Contact_Firstname", TN_ICTRP_SCIENTIFIC, TN_ICTRP_FIRST_NAME},
    {"Scientific_Contact_Lastname", TN_ICTRP_SCIENTIFIC, TN_ICTRP_LAST_NAME},
    {"Scientific_Contact_Address", TN_ICTRP_SCIENTIFIC, TN_ICTRP_ADDRESS},
    {"Scientific_Contact_Email", TN_ICTRP_SCIENTIFIC, TN_ICTRP_EMAIL},
    {"Scientific_Contact_Tel", TN_ICTRP_SCIENTIFIC, TN_ICTRP_PHONE},
    {"Scientific_Contact_Affiliation", TN_ICTRP_SCIENTIFIC, TN_ICTRP_AFFILIATION},
    {"Ethics_review_status", TN_ICTRP_ETHICS, TN_ICTRP_STATUS},
    {"Ethics_review_approval_date", TN_ICTRP_ETHICS, TN_ICTRP_DATE},
    {"Ethics_review_contact_name", TN_ICTRP_ETHICS, TN_ICTRP_FIRST_NAME},
    {"Ethics_review_contact_address", TN_ICTRP_ETHICS, TN_ICTRP_ADDRESS},
    {"Ethics_review_contact_phone", TN_ICTRP_ETHICS, TN_ICTRP_PHONE},
    {"Ethics_review_contact_email", TN_ICTRP_ETHICS, TN_ICTRP_EMAIL},
    {"Ethics_Status", TN_ICTRP_ETHICS, TN_ICTRP_STATUS},
    {"Ethics_Approval_Date", TN_ICTRP_ETHICS, TN_ICTRP_DATE},
    {"Ethics_Contact_Name", TN_ICTRP_ETHICS, TN_ICTRP_FIRST_NAME},
    {"Ethics_Contact_Address", TN_ICTRP_ETHICS, TN_ICTRP_ADDRESS},
    {"Ethics_Contact_Phone", TN_ICTRP_ETHICS, TN_ICTRP_PHONE},
    {"Ethics_Contact_Email", TN_ICTRP_ETHICS, TN_ICTRP_EMAIL},
};

void tn_ictrp_drop_empty(struct tn_record *trial, int field)
{
    size_t count = tn_count(trial, field);
    if (count && tn_record_empty(tn_record_at(trial, field, count - 1)))
        tn_remove_at(trial, field, count - 1);
}

void tn_ictrp_put_part(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_ictrp *own = tn_ictrp_of(reading);
    struct tn_str text = tn_ictrp_text(reading, value->text);
    (void)record;
    (void)field;
    for (size_t i = 0; own && text.len && i < sizeof columns / sizeof columns[0]; i++) {
        struct tn_ictrp_part *part = &own->parts[columns[i].group][columns[i].member];
        if (!tn_ictrp_is_key(reading->trail->key, columns[i].key))
            continue;
        if (part->text.s) /* a second element of the name */
            tn_put_extra_here(reading, value);
        else
            *part = tn_ictrp_part_here(reading, text);
        return;
    }
}

static size_t count_of(struct tn_str text)
{
    struct tn_str part;
    size_t count = 0;
    while (count < MOST_PEOPLE && tn_ictrp_next(&text, &part, false))
        count++;
    return count;
}

/* How many people a group states: by its names, of which one is no list where it holds no semicolon. */
static size_t people(const struct tn_ictrp_part *parts)
{
    static const enum tn_ictrp_member by[] = {TN_ICTRP_LAST_NAME, TN_ICTRP_FIRST_NAME, TN_ICTRP_STATUS};
    size_t most = 1;
    for (size_t i = 0; i < sizeof by / sizeof by[0]; i++) {
        size_t count = parts[by[i]].text.s ? count_of(parts[by[i]].text) : 0;
        most = count > most ? count : most;
    }
    return most;
}

/* ClinicalTrials.gov's officials stand first and have affiliations, its contacts stand behind them and have none: with a
 * semicolon behind the last, `302 Military Hospital;` is the first one's of three people. */
static bool is_of_the_first(const struct tn_ictrp *own, const struct tn_ictrp_part *part, size_t parts, size_t count)
{
    bool last = part->text.s && part->text.s[part->text.len - 1] == ';';
    return last && (parts + 1 == count || (parts < count && own->of.habit == TN_ICTRP_CTGOV));
}

/* What a column says of person `number` (from 0) of `count`. A column of so many parts says one each (the last may be left
 * away, as the semicolon behind it); one value of several people says nothing of one of them: NULL. */
static struct tn_str said(const struct tn_ictrp *own, const struct tn_ictrp_part *part, size_t number, size_t count)
{
    struct tn_str rest = part->text, text = {NULL, 0};
    size_t parts = rest.s ? count_of(rest) : 0;
    if (count == 1)
        return part->text;
    if (parts != count && !is_of_the_first(own, part, parts, count))
        return text;
    for (size_t i = 0; i <= number && tn_ictrp_next(&rest, &text, false); i++)
        if (i < number)
            text = TN_LIT("");
    return text;
}

/* Of the people of a trial of ClinicalTrials.gov only its contacts have an e-mail address or a phone number. Where all but the
 * last are officials, who have affiliations, a phone number that stands alone is the last one's. */
static bool is_phone_of(const struct tn_ictrp *own, enum tn_ictrp_group group, size_t number, size_t count)
{
    const struct tn_ictrp_part *parts = own->parts[group], *phone = &parts[TN_ICTRP_PHONE];
    struct tn_str officials = parts[TN_ICTRP_AFFILIATION].text;
    if (count == 1 || number + 1 != count || own->of.habit != TN_ICTRP_CTGOV || group == TN_ICTRP_ETHICS ||
        !phone->text.s || tn_str_find_char(phone->text, ';') != TN_NO_OFFSET)
        return false;
    if (!officials.s || count_of(officials) != count - 1)
        return false;
    for (size_t i = 0; i < count; i++)
        if ((said(own, &parts[TN_ICTRP_EMAIL], i, count).len > 0) != (i == number))
            return false;
    return true;
}

static void put_said(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_ictrp_part *part,
                     struct tn_str text, tn_put_fn *put)
{
    const struct tn_stated stated = tn_stated_of(tn_str_trim(text));
    struct tn_trail trail;
    if (stated.text.len == 0)
        return;
    tn_ictrp_stand(reading, part, &trail);
    put(reading, record, field, &stated);
    reading->trail = NULL;
    reading->item = NULL;
}

static struct tn_str full_name(struct tn_reading *reading, struct tn_str first, struct tn_str last)
{
    if (first.len == 0 || last.len == 0)
        return first.len ? first : last;
    return tn_str_format(reading->arena, "%.*s %.*s", (int)first.len, first.s, (int)last.len, last.s);
}

static const char *const kinds[TN_ICTRP_GROUP_COUNT] = {NULL, "PUBLIC", "SCIENTIFIC", NULL};

static void put_contact(struct tn_reading *reading, enum tn_ictrp_group group, size_t number, size_t count)
{
    static const struct {
        enum tn_ictrp_member member;
        int field;
    } rest[] = {{TN_ICTRP_PHONE, TN_contact_phone}, {TN_ICTRP_EMAIL, TN_contact_email},
                {TN_ICTRP_AFFILIATION, TN_contact_affiliation}, {TN_ICTRP_ADDRESS, TN_contact_address}};
    const struct tn_ictrp *own = tn_ictrp_of(reading);
    const struct tn_ictrp_part *parts = own->parts[group];
    struct tn_record *contact = tn_add_record(reading->trial, TN_trial_contacts);
    struct tn_str first = tn_str_trim(said(own, &parts[TN_ICTRP_FIRST_NAME], number, count));
    struct tn_str last = tn_str_trim(said(own, &parts[TN_ICTRP_LAST_NAME], number, count));
    put_said(reading, contact, TN_contact_name, &parts[last.len ? TN_ICTRP_LAST_NAME : TN_ICTRP_FIRST_NAME],
             full_name(reading, first, last), tn_put_person);
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++)
        put_said(reading, contact, rest[i].field, &parts[rest[i].member], said(own, &parts[rest[i].member], number, count),
                 tn_put);
    if (is_phone_of(own, group, number, count))
        put_said(reading, contact, TN_contact_phone, &parts[TN_ICTRP_PHONE], parts[TN_ICTRP_PHONE].text, tn_put);
    tn_ictrp_drop_empty(reading->trial, TN_trial_contacts);
    if (contact && !tn_record_empty(contact) && kinds[group])
        tn_set_text(contact, TN_contact_kind, tn_str_of(kinds[group]));
}

/* Name, address, phone and e-mail of a committee are one text there. */
static void put_review(struct tn_reading *reading, size_t number, size_t count)
{
    static const enum tn_ictrp_member members[] = {TN_ICTRP_FIRST_NAME, TN_ICTRP_ADDRESS, TN_ICTRP_PHONE, TN_ICTRP_EMAIL};
    const struct tn_ictrp *own = tn_ictrp_of(reading);
    const struct tn_ictrp_part *parts = own->parts[TN_ICTRP_ETHICS];
    struct tn_record *review = tn_add_record(reading->trial, TN_trial_ethics);
    const struct tn_ictrp_part *from = NULL;
    struct tn_str contact = {NULL, 0};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        struct tn_str text = tn_str_trim(said(own, &parts[members[i]], number, count));
        if (text.len == 0)
            continue;
        from = from ? from : &parts[members[i]];
        contact = contact.len == 0 ? text
                                   : tn_str_format(reading->arena, "%.*s\n%.*s", (int)contact.len, contact.s,
                                                   (int)text.len, text.s);
    }
    put_said(reading, review, TN_ethics_status, &parts[TN_ICTRP_STATUS],
             said(own, &parts[TN_ICTRP_STATUS], number, count), tn_put);
    put_said(reading, review, TN_ethics_date, &parts[TN_ICTRP_DATE], said(own, &parts[TN_ICTRP_DATE], number, count),
             tn_put);
    if (from)
        put_said(reading, review, TN_ethics_contact, from, contact, tn_put);
    tn_ictrp_drop_empty(reading->trial, TN_trial_ethics);
}

/* Columns that have another number of parts than there are people: nobody knows whose they are, so that they are an entry of
 * their own (and not in `extra`, where names and numbers could be overlooked by who leaves people out). What says one thing
 * each, as an address and a phone number below two names, is one entry together. */
static void put_unclear(struct tn_reading *reading, enum tn_ictrp_group group, size_t count)
{
    static const int contact_fields[] = {TN_contact_name,  TN_contact_name,        TN_contact_address, TN_contact_email,
                                         TN_contact_phone, TN_contact_affiliation, -1,                 -1};
    const struct tn_ictrp *own = tn_ictrp_of(reading);
    const struct tn_ictrp_part *parts = own->parts[group];
    bool ethics = group == TN_ICTRP_ETHICS;
    struct tn_record *together = NULL;
    for (int i = 0; count > 1 && i < TN_ICTRP_MEMBER_COUNT; i++) {
        if (!parts[i].text.s || said(own, &parts[i], 0, count).s ||
            (i == TN_ICTRP_PHONE && is_phone_of(own, group, count - 1, count)))
            continue;
        if (i == TN_ICTRP_DATE) {
            put_said(reading, reading->trial, 0, &parts[i], parts[i].text, tn_ictrp_keep);
            continue;
        }
        bool one = !ethics && tn_str_find_char(parts[i].text, ';') == TN_NO_OFFSET;
        struct tn_record *entry = one && together ? together
                                                  : tn_add_record(reading->trial, ethics ? TN_trial_ethics : TN_trial_contacts);
        int field = !ethics ? contact_fields[i] : i == TN_ICTRP_STATUS ? (int)TN_ethics_status : (int)TN_ethics_contact;
        together = one ? entry : together;
        put_said(reading, entry, field, &parts[i], parts[i].text, tn_put);
        if (kinds[group])
            tn_set_text(entry, TN_contact_kind, tn_str_of(kinds[group]));
    }
}

void tn_ictrp_keep(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    (void)record;
    (void)field;
    tn_put_extra_here(reading, value);
}

void tn_ictrp_end_people(struct tn_reading *reading)
{
    const struct tn_ictrp *own = reading->own;
    for (int group = 0; own && group < TN_ICTRP_GROUP_COUNT; group++) {
        size_t count = people(own->parts[group]);
        for (size_t i = 0; i < count; i++) {
            if (group == TN_ICTRP_ETHICS)
                put_review(reading, i, count);
            else
                put_contact(reading, (enum tn_ictrp_group)group, i, count);
        }
        put_unclear(reading, (enum tn_ictrp_group)group, count);
    }
}

/* First and last name are elements of their own, in this order: the second is added to the first. */
void tn_ictrp_put_name(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str text = tn_ictrp_text(reading, value->text);
    if (text.len == 0 || !record)
        return;
    if (tn_text(record, field).len + text.len > TN_LONGEST_JOINED) {
        tn_put_extra_here(reading, value);
        return;
    }
    struct tn_str name = full_name(reading, tn_text(record, field), text);
    tn_clear(record, field);
    tn_put_clean(reading, record, field, name, value->text);
}
