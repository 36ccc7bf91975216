/* SPDX-License-Identifier: MIT */
/* Plain tables, JSON and XML that no reader knows: those of trials are claimed by their names and values, all others are
 * refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/str.h"
#include "trialnorm/reader.h"

struct claim {
    const char *reader, *text;
};

static const struct claim registries[] = {
    {"delimited", "Trial ID,Title,Status,Start date,Sample size\nNTR1234,A study of tea,Open,01/02/2010,12\n"},
    {"delimited", "Trial ID;Title;Status;Start date;Sample size\nNTR1234;A study of tea;Open;01/02/2010;12\n"},
    {"delimited", "Trial ID|Title|Status|Start date|Sample size\nx-1|A study of tea|Open|01/02/2010|12\n"},
    {"delimited", "registry_id,public_title,status,start_date,sponsor,gender,min_age,target_sample_size\n"
                  "PACTR202003651422107,Ttl,Recruiting,2020-03-04,X,Female,18 Years,200\n"},
    {"delimited", "id,title,phase\nNCT01234567,Tea for sleep,Phase 2\n"},
    {"delimited", "id\ttitle\tphase\nISRCTN12345678\tTea for sleep\t2\n"},
    {"delimited", "id,title,status\nACTRN12605000001628,Tea for sleep,Recruiting\n"},
    {"delimited", "Registration number,Title,Status,Start date\nNCT01234567,Tea for sleep,Recruiting,2020-01-02\n"},
    {"delimited", "Registration number,Title,Gender,Start date\nACTRN12605000001628,Tea for sleep,Female,2020-01-02\n"},
    {"delimited", "Registry number,Scientific title,Primary sponsor,Gender\nRPCEC00000123,Te para dormir,MINSAP,Both\n"},
    {"ctgov-csv", "NCT Number,Title,Status\nNCT01234567,Tea for sleep,Recruiting\n"},
    {"delimited", "Registration number,Name of trial,Trial phase,Begin\nNCT01234567,Tea for sleep,2,2020-01-02\n"},
    {"delimited", "REGISTRATION_NO,PUBLICTITLE,RECRUITMENTSTATUS,STARTDATE\nPER-001-20,Te,Open,2020-01-02\n"},
    {"delimited", "Registry number,Scientific title,Sponsor,Sex\nRPCEC00000123,Te para dormir,MINSAP,Both\n"},
    {"delimited", "CTRI Number,Public Title of Study,Type of Trial,Phase of Trial,Total Sample Size\n"
                  "CTRI/2020/04/024775,Plasma,Interventional,Phase 2,400\n"},
    {"delimited", "jRCT ID,Public title,Date of registration,Recruitment status,Target sample size\n"
                  "jRCTs031190227,Favi,2020-03-02,Complete,86\n"},
    {"delimited", "IDFULL,TITLESCIENTIFIC,TITLEPUBLIC,DATESTART,DATESTOP,TARGETSIZE\nNTR9,Te,Thee,2010-01-02,2011-01-02,30\n"},
    {"delimited", "Trial number,Title,Condition,Intervention,Status,Sponsor\nTCTR20200404001,Tea,Sleep,Green tea,Open,Uni\n"},
    {"delimited", "id,title,condition,intervention,status,sponsor\nx1,Tea for good sleep,Insomnia,Green tea,Open,Uni\n"},
    {"delimited", "title,type of study,trial phase,sponsor name,sample size\nTea for good sleep,Interventional,Phase 2,Uni,30\n"},
    {"delimited", "study_title,recruitment_status,sex,city\nTea for good sleep,Recruiting,All,Leeds\nTea for poor sleep,Recruiting,All,Hull\n"},
    {"delimited", "nct_id,brief_title,overall_status,phase,sponsor,conditions\nNCT01234567,Tea,Recruiting,PHASE2,Uni,Insomnia\n"},
    {"delimited", "slctr_number;title;min_age_years;status\nSLCTR/2020/011;Tea;18;Pending\n"},
    {"json", "{\"id\":\"PACTR202003651422107\",\"title\":\"Ttl\",\"status\":\"Recruiting\",\"phase\":\"2\",\"gender\":\"Female\"}"},
    {"json", "{\"id\":\"PACTR202003651422107\",\"title\":\"Ttl\",\"status\":\"Recruiting\",\"phase\":2,\"minAge\":\"18 Years\"}"},
    {"json", "[{\"trialId\":\"x1\",\"publicTitle\":\"Tea\",\"recruitmentStatus\":\"Open\"}]"},
    {"json", "{\"trials\":[{\"trial_id\":\"x1\",\"public_title\":\"Tea\",\"recruitment_status\":\"Open\"}]}"},
    {"json", "{\"trialId\":\"x1\",\"publicTitle\":\"Tea\",\"recruitmentStatus\":\"Open\"}\n"
             "{\"trialId\":\"x2\",\"publicTitle\":\"Te\",\"recruitmentStatus\":\"Open\"}\n"},
    {"json", "{\"total\":1,\"result\":{\"items\":[{\"id\":\"DRKS00000001\",\"title\":\"Tee\",\"phase\":[\"Phase 1\"]}]}}"},
    {"json", "[{\"registrationNumber\":\"NCT01234567\",\"title\":\"Tea\",\"startDate\":\"2020-01\"}]"},
    {"json", "{\"data\":[{\"study_title\":\"Tea for sleep\",\"overall_status\":\"RECRUITING\",\"enrollment\":20}]}"},
    {"json", "{\"clinicalTrials\":[{\"id\":7,\"title\":\"Tea for sleep\",\"status\":\"Recruiting\",\"sponsor\":\"Uni\","
             "\"gender\":\"All\",\"startDate\":\"2020-01-02\"}]}"},
    {"json", "[{\"title\":\"Lamp light\",\"status\":\"open\",\"sampleSize\":3,\"phase\":\"2\"}]"},
    {"xml", "<trials><trial><id>7</id><title>Tea for sleep</title><status>Recruiting</status><start_date>2020-01-02</start_date>"
            "<sponsor>Uni</sponsor><gender>Female</gender></trial></trials>"},
    {"xml", "<records><record><registry_id>PACTR202003651422107</registry_id><public_title>Ttl</public_title><status>Recruiting"
            "</status><start_date>2020-03-04</start_date><sponsor>X</sponsor><gender>Female</gender></record></records>"},
    {"xml", "<rows><row id=\"ISRCTN12345678\" title=\"Tea for sleep\" phase=\"2\" status=\"Recruiting\"/></rows>"},
    {"xml", "<export><study><registrationNumber>NCT01234567</registrationNumber><title>Tea</title><phase>Phase 2</phase></study></export>"},
    {"xml", "<TRIALS><TRIAL><TRIALID>x</TRIALID><PUBLICTITLE>Tea</PUBLICTITLE><RECRUITMENTSTATUS>Open</RECRUITMENTSTATUS>"
            "</TRIAL></TRIALS>"},
};

static const struct claim others[] = {
    {NULL, "id,title,price,stock\n1,Lamp,9.50,4\n"},
    {NULL, "id,title,status\n1,Button does nothing,closed\n"},
    {NULL, "id,title,status,priority,assignee,milestone,start date,due date\n1,Button is too red,open,high,Ann,v2,2020-01-01,2020-02-01\n"},
    {NULL, "Issue key,Summary,Status,Phase,Reporter\nAB-1,It breaks,Open,Phase 1,Ann\n"},
    {NULL, "id,title,phase\n1,Build the house,Phase 2\n"},
    {NULL, "Project ID,Title,Status,Phase,Allocation,Start Date,End Date,Sponsor,Budget\n1,New town hall,Active,Planning,50%,2020-01-01,2021-01-01,Town,9\n"},
    {NULL, "id,title,status,start date,end date,country,sex,age\n1,Baker,active,2020-01-01,2021-01-01,Norway,F,33\n"},
    {NULL, "id,title,first_name,last_name,gender,age,country\n1,Mr,Al,Bo,Male,33,Norway\n"},
    {NULL, "patient_id,sex,age,condition,treatment,status\n1,F,33,Asthma,Salbutamol,alive\n"},
    {NULL, "id,sex,age,condition,treatment,country\n1,F,33,Asthma,Salbutamol,Norway\n"},
    {NULL, "id,title,description,link,condition,price,availability,gender,age_group,brand\n1,Red shirt,Cotton,http://x,new,9,in stock,male,adult,Acme\n"},
    {NULL, "id,title,status,start_date,end_date,sponsor,gender,min_age,max_age,fee\n1,Summer camp by the sea,open,2020-07-01,2020-07-09,Town,All,8,14,90\n"},
    {NULL, "course_id,title,enrollment,status,instructor,start_date,end_date\nC1,Drawing for all,20,open,Ann,2020-01-01,2020-02-01\n"},
    {NULL, "Trial ID,User,Plan,Trial start date,Trial end date,Trial status,Sponsor\nT1,ann,gold,2020-01-01,2020-02-01,active,Acme\n"},
    {NULL, "Trial ID,Title,Court,Judge,Status,Start date\nT1,State against Doe,High,Roe,Completed,2020-01-01\n"},
    {NULL, "pmid,title,journal,year,authors,abstract\n1,Tea and sleep,Lancet,2020,Ann B,Tea helps\n"},
    {NULL, "study_accession,study_title,sample_accession,scientific_name,study_type\nERP1,Soil of Kent,ERS1,soil,Metagenomics\n"},
    {NULL, "Grant ID,Title,Principal investigator,Sponsor,Start date,End date,Status,Amount\nG1,Tea and sleep,Ann,NIH,2020-01-01,2021-01-01,Active,9\n"},
    {NULL, "name,city,country,latitude,longitude\nOslo,Oslo,Norway,59.9,10.7\n"},
    {NULL, "date,open,high,low,close,volume\n2020-01-01,1,2,1,2,9\n"},
    {NULL, "isbn,title,author,publisher,publication date,language\n1,Tea,Ann,Acme,2020-01-01,en\n"},
    {NULL, "nct_id,pmid,citation\nNCT01234567,1,Ann. Tea. 2020\n"},
    {NULL, "[{\"id\": 1, \"title\": \"Lamp\", \"status\": \"sold\", \"sponsor\": \"x\", \"phase\": \"2\"}]"},
    {NULL, "{\"name\":\"tea\",\"version\":\"1.0.0\",\"description\":\"x\",\"keywords\":[\"a\"],\"author\":\"Ann\",\"funding\":\"x\","
           "\"contributors\":[\"Bo\"],\"license\":\"MIT\",\"dependencies\":{\"status\":\"1\",\"phase\":\"2\"}}"},
    {NULL, "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"id\":1,\"properties\":{\"title\":\"Old mill\",\"status\":"
           "\"open\",\"country\":\"NO\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}}]}"},
    {NULL, "{\"issues\":[{\"id\":1,\"number\":3,\"title\":\"It breaks\",\"state\":\"open\",\"created_at\":\"2020-01-01\",\"updated_at\":\"2020-01-02\","
           "\"assignee\":null,\"labels\":[]}]}"},
    {NULL, "{\"result\":{\"uids\":[\"1\"],\"1\":{\"uid\":\"1\",\"pubdate\":\"2020\",\"title\":\"Tea and sleep\",\"authors\":[{\"name\":\"Ann\"}],"
           "\"lang\":[\"eng\"]}}}"},
    {NULL, "{\"items\":[{\"id\":\"x\",\"title\":\"Tea\",\"start_date\":\"2020\",\"end_date\":\"2021\",\"organization\":\"Acme\",\"contacts\":[]}]}"},
    {NULL, "{\"products\":[{\"id\":1,\"title\":\"Lamp for a desk\",\"condition\":\"new\",\"gender\":\"unisex\",\"status\":\"sold\"}]}"},
    {NULL, "[{\"userId\":1,\"id\":1,\"title\":\"delectus aut autem\",\"completed\":false}]"},
    /* A schema has names and no values; a map of all kinds of things has names of everything. */
    {NULL, "{\"primaryIdentifier\":[\"/properties/Id\"],\"definitions\":{\"A\":{\"properties\":{\"Id\":{\"type\":\"string\"},\"Condition\":"
           "{\"type\":\"string\"},\"Size\":{\"type\":\"integer\"}}},\"B\":{\"properties\":{\"Devices\":{\"type\":\"array\"},\"Groups\":{}}}}}"},
    {NULL, "{\"version\":\"1.0\",\"examples\":{\"Allocate\":[{\"input\":{\"Size\":3,\"Groups\":[\"a\"]},\"id\":\"allocate-1\",\"title\":\"To allocate a "
           "thing\"}],\"Attach\":[{\"input\":{\"Device\":\"x\",\"Status\":\"y\"},\"id\":\"attach-1\",\"title\":\"To attach a thing\"}]}}"},
    {NULL, "{\"openapi\":\"3.0.0\",\"info\":{\"title\":\"Tea API\",\"version\":\"1\"},\"paths\":{}}"},
    {NULL, "<rss version=\"2.0\"><channel><title>News of tea</title><link>http://x</link><item><title>Tea up</title><pubDate>2020-01-01"
           "</pubDate><guid>1</guid><description>x</description></item></channel></rss>"},
    {NULL, "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>Tea and sleep</ArticleTitle><Abstract>"
           "<AbstractText>Trial NCT01234567</AbstractText></Abstract><DataBankList><DataBank><AccessionNumber>NCT01234567</AccessionNumber>"
           "</DataBank></DataBankList><Language>eng</Language></Article><KeywordList><Keyword>tea</Keyword></KeywordList></MedlineCitation>"
           "</PubmedArticle></PubmedArticleSet>"},
    {NULL, "<shop><item><id>1</id><title>Lamp</title><status>sold</status><country>Norway</country></item></shop>"},
    {NULL, "<project><groupId>x</groupId><artifactId>y</artifactId><version>1</version><name>Tea</name><description>z</description></project>"},
    {NULL, "<feed><title>Tea</title><id>x</id><updated>2020-01-01</updated><entry><title>Tea up</title><id>y</id><summary>z</summary></entry></feed>"},
    {NULL, "<urlset><url><loc>http://x</loc><lastmod>2020-01-01</lastmod></url></urlset>"},
    {NULL, "<dc><title>Tea and sleep</title><creator>Ann</creator><identifier>doi:1</identifier><date>2020</date><subject>tea</subject>"
           "<contributor>Bo</contributor></dc>"},
    {NULL, "<STUDY_SET><STUDY accession=\"ERP1\"><IDENTIFIERS><PRIMARY_ID>ERP1</PRIMARY_ID></IDENTIFIERS><DESCRIPTOR><STUDY_TITLE>Soil of "
           "Kent</STUDY_TITLE><STUDY_TYPE existing_study_type=\"Metagenomics\"/></DESCRIPTOR></STUDY></STUDY_SET>"},
    {NULL, "<catalog><book id=\"1\"><author>Ann</author><title>Tea for all</title><price>9</price><publish_date>2020-01-01</publish_date></book></catalog>"},
};

static void look(const struct claim *claims, size_t count)
{
    struct tn_read_options options = {0};
    struct tn_worker *worker = tn_worker_new(&options);
    for (size_t i = 0; i < count; i++) {
        struct tn_verdict verdict;
        struct tn_error error;
        tn_detect(worker, tn_str_of(claims[i].text), &verdict, &error);
        const char *found = verdict.reader ? verdict.reader->name : "nobody";
        if (strcmp(found, claims[i].reader ? claims[i].reader : "nobody") != 0)
            print_error("%s: %.100s\n", found, claims[i].text);
    }
    for (size_t i = 0; i < count; i++) {
        struct tn_verdict verdict;
        struct tn_error error;
        enum tn_severity severity = tn_detect(worker, tn_str_of(claims[i].text), &verdict, &error);
        if (!claims[i].reader)
            assert_int_equal(error.code, TN_UNRECOGNISED);
        assert_int_equal(severity, claims[i].reader ? TN_OK : TN_FAILED);
        if (claims[i].reader)
            assert_string_equal(verdict.reader->name, claims[i].reader);
    }
    tn_worker_free(worker);
}

static void exports_of_registries_are_claimed(void **state)
{
    (void)state;
    look(registries, sizeof registries / sizeof registries[0]);
}

static void other_data_are_refused(void **state)
{
    (void)state;
    look(others, sizeof others / sizeof others[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exports_of_registries_are_claimed),
        cmocka_unit_test(other_data_are_refused),
    };
    tn_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
