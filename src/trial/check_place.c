/* SPDX-License-Identifier: MIT */
/* Rules over countries and sites. */
#include <inttypes.h>
#include <stdlib.h>

#include "trial/check_inside.h"

#define OPEN_SITE "RECRUITING ENROLLING_BY_INVITATION AVAILABLE"

static const struct tn_record *location_at(const struct tn_check *check, size_t i)
{
    return tn_record_at(check->trial, TN_trial_locations, i);
}

static struct tn_str site_name(const struct tn_record *location)
{
    struct tn_str facility = tn_text(location, TN_location_facility);
    return facility.s ? facility : tn_text(location, TN_location_city);
}

/* The country codes of all sites; false where some site states none, or the source says that there are more sites.
 * Released with free(codes->at). */
static bool gather_codes(struct tn_check *check, struct tn_check_texts *codes)
{
    size_t sites = tn_count(check->trial, TN_trial_locations);
    if (sites == 0 || tn_int(check->trial, TN_trial_location_count) > (int64_t)sites ||
        !tn_check_gather(check, TN_trial_locations, TN_location_country_code, codes))
        return false;
    if (codes->count == sites)
        return true;
    free(codes->at);
    return false;
}

/* Registries of `words` also name countries outside of their reach, without their status and sites. */
void tn_look_country_without_site(struct tn_check *check, const struct tn_rule *rule)
{
    struct tn_check_texts codes;
    if (!gather_codes(check, &codes))
        return;
    bool names_others = tn_check_among(tn_text(check->trial, TN_trial_registry), rule->words);
    for (size_t i = 0; i < tn_count(check->trial, TN_trial_countries); i++) {
        const struct tn_record *country = tn_record_at(check->trial, TN_trial_countries, i);
        struct tn_str code = tn_text(country, TN_country_code);
        if (code.s && !tn_check_holds(&codes, code) && !(names_others && !tn_has(country, TN_country_status_text)))
            tn_found(check, rule, NULL, "no site is in %.*s", TN_SHOWN(tn_check_country(country)));
    }
    free(codes.at);
}

void tn_look_country_sites(struct tn_check *check, const struct tn_rule *rule)
{
    struct tn_check_texts codes;
    if (!gather_codes(check, &codes))
        return;
    for (size_t i = 0; i < tn_count(check->trial, TN_trial_countries); i++) {
        const struct tn_record *country = tn_record_at(check->trial, TN_trial_countries, i);
        int64_t sites = (int64_t)tn_check_times(&codes, tn_text(country, TN_country_code));
        if (tn_has(country, TN_country_site_count) && sites && tn_int(country, TN_country_site_count) != sites)
            tn_found(check, rule, NULL, "%.*s has %" PRId64 " sites, but %" PRId64 " are in locations",
                     TN_SHOWN(tn_check_country(country)), tn_int(country, TN_country_site_count), sites);
    }
    free(codes.at);
}

/* Pages of one country leave it out everywhere. */
void tn_look_site_without_country(struct tn_check *check, const struct tn_rule *rule)
{
    size_t sites = tn_count(check->trial, TN_trial_locations), without = 0, first = 0;
    for (size_t i = sites; i-- > 0;)
        if (!tn_has(location_at(check, i), TN_location_country) && !tn_has(location_at(check, i), TN_location_country_code)) {
            without++;
            first = i;
        }
    if (without && without < sites)
        tn_found(check, rule, NULL, "%zu of %zu sites have no country: locations[%zu] %.*s", without, sites, first,
                 TN_SHOWN(site_name(location_at(check, first))));
}

void tn_look_removed_country(struct tn_check *check, const struct tn_rule *rule)
{
    struct tn_check_texts names;
    if (tn_count(check->trial, TN_trial_removed_countries) == 0 ||
        !tn_check_gather(check, TN_trial_locations, TN_location_country, &names))
        return;
    for (size_t i = 0; i < tn_count(check->trial, TN_trial_removed_countries); i++) {
        struct tn_str removed = tn_text_at(check->trial, TN_trial_removed_countries, i);
        if (tn_check_holds(&names, removed))
            tn_found(check, rule, NULL, "%.*s is removed, but has sites", TN_SHOWN(removed));
    }
    free(names.at);
}

static void tell_site(struct tn_check *check, const struct tn_rule *rule, size_t i, const char *what)
{
    tn_found(check, rule, NULL, "locations[%zu] %.*s %s", i, TN_SHOWN(site_name(location_at(check, i))), what);
}

void tn_look_coordinates(struct tn_check *check, const struct tn_rule *rule)
{
    for (size_t i = 0; i < tn_count(check->trial, TN_trial_locations); i++) {
        double latitude = tn_number(location_at(check, i), TN_location_latitude);
        double longitude = tn_number(location_at(check, i), TN_location_longitude);
        if (!(latitude >= -90 && latitude <= 90))
            tell_site(check, rule, i, "has a latitude beyond a pole");
        if (!(longitude >= -180 && longitude <= 180))
            tell_site(check, rule, i, "has a longitude beyond 180 degrees");
    }
}

/* 0, 0 is a place in the sea, and what a lookup of an address gives that found nothing. */
void tn_look_null_island(struct tn_check *check, const struct tn_rule *rule)
{
    for (size_t i = 0; i < tn_count(check->trial, TN_trial_locations); i++) {
        const struct tn_record *site = location_at(check, i);
        double far = tn_number(site, TN_location_latitude) * tn_number(site, TN_location_latitude) +
                     tn_number(site, TN_location_longitude) * tn_number(site, TN_location_longitude);
        if (tn_has(site, TN_location_latitude) && tn_has(site, TN_location_longitude) && far < 1e-9)
            tell_site(check, rule, i, "lies at latitude 0, longitude 0");
    }
}

/* How many sites say how it stands with them, and how many of these are open; *open_at is the first. */
static size_t count_open(const struct tn_check *check, size_t *stated, size_t *open_at)
{
    size_t open = 0;
    *stated = 0;
    for (size_t i = tn_count(check->trial, TN_trial_locations); i-- > 0;) {
        struct tn_str status = tn_text(location_at(check, i), TN_location_status);
        *stated += status.s != NULL;
        if (!tn_check_among(status, OPEN_SITE))
            continue;
        open++;
        *open_at = i;
    }
    return open;
}

void tn_look_no_open_site(struct tn_check *check, const struct tn_rule *rule)
{
    size_t stated, open_at, sites = tn_count(check->trial, TN_trial_locations);
    if (tn_check_status(check, rule->words) && sites && count_open(check, &stated, &open_at) == 0 && stated == sites)
        tn_found(check, rule, NULL, "status is %.*s, but none of %zu sites is", TN_SHOWN(tn_text(check->trial, TN_trial_status)),
                 sites);
}

void tn_look_open_site(struct tn_check *check, const struct tn_rule *rule)
{
    size_t stated, open_at = 0;
    size_t open = tn_check_status(check, rule->words) ? count_open(check, &stated, &open_at) : 0;
    if (open)
        tn_found(check, rule, NULL, "status is %.*s, but %zu of its sites %s open: locations[%zu] %.*s",
                 TN_SHOWN(tn_text(check->trial, TN_trial_status)), open, open == 1 ? "is" : "are", open_at,
                 TN_SHOWN(site_name(location_at(check, open_at))));
}

/* A trial that people are to find says where or whom to ask; but other registries' exports may have no place for it. */
void tn_look_no_place(struct tn_check *check, const struct tn_rule *rule)
{
    static const int places[] = {TN_trial_locations, TN_trial_countries, TN_trial_location_count, TN_trial_contacts, -1};
    if (tn_check_status(check, rule->words) && !tn_check_any(check, places) && tn_check_ctgov_whole(check))
        tn_found(check, rule, NULL, "status is %.*s, but there is neither a site nor a contact",
                 TN_SHOWN(tn_text(check->trial, TN_trial_status)));
}
