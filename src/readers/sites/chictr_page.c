/* SPDX-License-Identifier: MIT */
/* www.chictr.org.cn: the page of one trial. Most rows stand there twice, in Chinese and in English, or hold both: the
 * English is read, the Chinese kept. Where a value is only there in Chinese it is taken. Chinese labels are written in
 * UTF-8. */
#include "readers/page.h"

#define NOISE(LABELS) {.labels = LABELS, .mode = TN_MODE_IGNORE}
#define HEAD(LABELS) {.labels = LABELS, .mode = TN_MODE_SECTION}
#define KEEP(LABELS) {.labels = LABELS, .mode = TN_MODE_KEEP}
#define PEOPLE(LABELS) {.labels = LABELS, .mode = TN_MODE_KEEP, .flags = TN_ROW_PEOPLE}
/* In English, and its Chinese twin. */
#define ENGLISH(LABELS, FIELD) {.labels = LABELS, .mode = TN_MODE_VALUE, TN_INTO(FIELD)}
#define CHINESE(LABELS, FIELD) {.labels = LABELS, .mode = TN_MODE_VALUE, TN_INTO(FIELD), .flags = TN_ROW_SPARE}
/* Both in one cell. */
#define BOTH(LABELS, FIELD) {.labels = LABELS, .mode = TN_MODE_VALUE, TN_INTO(FIELD), .flags = TN_ROW_TWINS}
/* Members of a record; N is its type. In a section, where the label stands in several. */
#define MEMBER(LABELS, SECTION, N, FIELD) \
    {.labels = LABELS, .within = SECTION, .mode = TN_MODE_VALUE, .type = &tn_type_##N, .field = TN_##N##_##FIELD}
#define TWIN(LABELS, SECTION, N, FIELD) \
    {.labels = LABELS, .within = SECTION, .mode = TN_MODE_VALUE, .type = &tn_type_##N, .field = TN_##N##_##FIELD, \
     .flags = TN_ROW_SPARE}
#define BEGINS(LABELS, SECTION, N, FIELD, NAME, FLAGS) \
    {.labels = LABELS, .within = SECTION, .mode = TN_MODE_VALUE, .type = &tn_type_##N, .field = TN_##N##_##FIELD, \
     .rest = NAME, .flags = TN_ROW_OPENS | (FLAGS)}
#define KEPT(LABELS, SECTION) {.labels = LABELS, .within = SECTION, .mode = TN_MODE_KEEP}

#define PERSON(LABELS, NAME, SET) \
    {.labels = LABELS, .mode = TN_MODE_VALUE, .type = &tn_type_contact, .field = TN_contact_name, .rest = NAME, \
     .preset = SET, .flags = TN_ROW_OPENS}
#define OF_PERSON(LABELS, FIELD, NAME) \
    {.labels = LABELS, .mode = TN_MODE_VALUE, .type = &tn_type_contact, .field = TN_contact_##FIELD, .rest = NAME}
#define ETHICS(LABELS, FIELD) \
    {.labels = LABELS, .mode = TN_MODE_VALUE, .type = &tn_type_ethics, .field = TN_ethics_##FIELD, .rest = "ethics", \
     .flags = TN_ROW_OPENS}
#define BEGINS_KEPT(LABELS, SECTION, N, FIELD, NAME) \
    {.labels = LABELS, .within = SECTION, .mode = TN_MODE_KEEP, .type = &tn_type_##N, .field = TN_##N##_##FIELD, \
     .rest = NAME, .flags = TN_ROW_OPENS}

#define SPONSOR "Secondary sponsor"
#define ARMS "Interventions"
#define PLACES "Countries of recruitment and research settings"
#define OUTCOMES "Outcomes"
#define SAMPLES "Collecting sample(s) from participants"

static const struct tn_site_shape design[] = {
    {.shape = TN_SHAPE_WORD, .field = TN_trial_intervention_model},
    {.shape = TN_SHAPE_WORD, .field = TN_trial_observational_model},
    {.shape = TN_SHAPE_TEXT, .field = TN_trial_design_text},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_row rows[] = {
    {.mode = TN_MODE_IGNORE},
    NOISE("下载XML文档|简体中文|English|返回列表|网站首页%|ChiCTR简介%|检索入口%|重要文件%|注册指南%|常见问题%"),
    {.labels = "中国临床试验注册中心 - %|Copyright(c)%|蜀ICP备%", .mode = TN_MODE_END},

    ENGLISH("Registration number|注册号", trial_id),
    ENGLISH("Date of Last Refreshed on|最近更新日期", last_update_posted_date),
    ENGLISH("Date of Registration|注册时间", registered_date),
    ENGLISH("Registration Status", registration_timing),
    KEEP("注册号状态"),
    ENGLISH("Public title", title),
    CHINESE("注册题目", title),
    ENGLISH("English Acronym", acronym),
    CHINESE("注册题目简写", acronym),
    ENGLISH("Scientific title", official_title),
    CHINESE("研究课题的正式科学名称", official_title),
    KEEP("Scientific title acronym|研究课题的正式科学名称简写"),
    {.labels = "Study subject ID|研究课题代号(代码)",
     .mode = TN_MODE_LIST,
     TN_INTO(identifiers),
     .preset = "type=ORG_STUDY_ID"},
    {.labels = "The registration number of the Partner Registry or other register|在二级注册机构或其它机构的注册号",
     .mode = TN_MODE_LIST,
     TN_INTO(identifiers)},

    /* Who applies, and who leads the study: the rows of both are mixed. */
    PERSON("Applicant", "Applicant", "kind=PUBLIC"),
    PERSON("Study leader", "Study leader", "kind=SCIENTIFIC"),
    OF_PERSON("Applicant telephone", phone, "Applicant"),
    OF_PERSON("Applicant E-mail", email, "Applicant"),
    OF_PERSON("Applicant address", address, "Applicant"),
    OF_PERSON("Applicant's institution", affiliation, "Applicant"),
    OF_PERSON("Study leader's telephone", phone, "Study leader"),
    OF_PERSON("Study leader's E-mail", email, "Study leader"),
    OF_PERSON("Study leader's address", address, "Study leader"),
    OF_PERSON("Affiliation of the Leader", affiliation, "Study leader"),
    PEOPLE("申请注册联系人|申请注册联系人电话|申请注册联系人电子邮件|申请注册联系人通讯地址|申请注册联系人邮政编码"),
    PEOPLE("申请注册联系人传真|Applicant postcode|Applicant Fax|Applicant website(voluntary supply)"),
    PEOPLE("研究负责人|研究负责人电话|研究负责人电子邮件|研究负责人通讯地址|研究负责人邮政编码"),
    PEOPLE("研究负责人传真|Study leader's postcode|Study leader's fax|Study leader's website(voluntary supply)"),
    KEEP("申请单位网址(自愿提供)|研究负责人网址(自愿提供)|申请人所在单位|研究负责人所在单位"),

    KEEP("Approved by ethic committee|是否获伦理委员会批准"),
    ETHICS("Approved No. of ethic committee|伦理委员会批件文号", reference),
    KEEP("Approved file of Ethical Committee|伦理委员会批件附件"),
    ETHICS("Name of the ethic committee", body),
    KEEP("批准本研究的伦理委员会名称"),
    ETHICS("Date of approved by ethic committee|伦理委员会批准日期", date),
    PEOPLE("伦理委员会联系人|Contact Name of the ethic committee|伦理委员会联系地址|Contact Address of the ethic committee"),
    PEOPLE("伦理委员会联系人电话|Contact phone of the ethic committee|伦理委员会联系人邮箱|Contact email of the ethic "
           "committee"),
    KEEP("国家药监局批准文号|Approved No. of Ministry of Health|国家药监局批准附件|Approved file of Ministry of Health|国家药监局批准日期|"
         "Date of approved by Ministry of Health"),

    ENGLISH("Primary sponsor", lead_sponsor),
    CHINESE("研究实施负责（组长）单位", lead_sponsor),
    KEEP("Primary sponsor's address|研究实施负责（组长）单位地址"),
    BEGINS_KEPT("Country", SPONSOR, collaborator, name, "Secondary sponsor"),
    BEGINS_KEPT("国家", SPONSOR, collaborator, name, "Secondary sponsor"),
    MEMBER("Institution hospital|Institution", SPONSOR, collaborator, name),
    TWIN("单位(医院)|单位", SPONSOR, collaborator, name),
    KEPT("Province|City|Address|省(直辖市)|市(区县)|具体地址", SPONSOR),
    {.labels = "Source(s) of funding", .mode = TN_MODE_LIST, TN_INTO(funders)},
    KEEP("经费或物资来源"),
    {.labels = "Target disease", .mode = TN_MODE_LIST, TN_INTO(conditions)},
    KEEP("研究疾病|Target disease code|研究疾病代码"),
    ENGLISH("Study type", study_type),
    ENGLISH("Study phase", phases),
    {.labels = "Study design", .mode = TN_MODE_SHAPES, .shapes = design},
    KEEP("研究类型|研究所处阶段|研究设计|研究目的|药物成份或治疗方案详述"),
    {.labels = "Objectives of Study", .mode = TN_MODE_PARAGRAPHS, TN_INTO(primary_objective)},
    KEEP("Description for medicine or protocol of treatment in detail"),
    {.labels = "Inclusion criteria",
     .mode = TN_MODE_CRITERIA,
     TN_INTO(inclusion_criteria),
     .side = TN_CRITERIA_INCLUSION},
    {.labels = "Exclusion criteria",
     .mode = TN_MODE_CRITERIA,
     TN_INTO(exclusion_criteria),
     .side = TN_CRITERIA_EXCLUSION},
    KEEP("纳入标准|排除标准"),
    {.labels = "Study execute time|研究实施时间",
     .mode = TN_MODE_RANGE,
     TN_INTO(start_date),
     .separator = "To",
     .also = TN_trial_completion_date},
    {.labels = "Recruiting time|征募观察对象时间",
     .mode = TN_MODE_RANGE,
     TN_INTO(recruitment_start_date),
     .separator = "To",
     .also = TN_trial_recruitment_end_date},

    BEGINS("Group", ARMS, arm, label, "Group", 0),
    BEGINS("组别", ARMS, arm, label, "Group", TN_ROW_SPARE),
    {.labels = "Sample size|样本量",
     .within = ARMS,
     .mode = TN_MODE_VALUE,
     TN_INTO(enrollment),
     .preset = "enrollment_type=ESTIMATED",
     .flags = TN_ROW_SUM},
    BEGINS("Intervention", ARMS, intervention, name, "Intervention", 0),
    BEGINS("干预措施", ARMS, intervention, name, "Intervention", TN_ROW_SPARE),
    KEPT("Intervention code|干预措施代码", ARMS),
    KEEP("Total sample size|样本总量"),

    BEGINS("Country", PLACES, location, country, "Location", 0),
    BEGINS("国家", PLACES, location, country, "Location", TN_ROW_SPARE),
    MEMBER("Province", PLACES, location, state),
    TWIN("省(直辖市)", PLACES, location, state),
    MEMBER("City", PLACES, location, city),
    TWIN("市(区县)", PLACES, location, city),
    MEMBER("Institution hospital|Institution", PLACES, location, facility),
    TWIN("单位(医院)|单位", PLACES, location, facility),
    KEPT("Level of the institution|单位级别", PLACES),

    BEGINS("Outcome", OUTCOMES, outcome, measure, "Outcome", 0),
    BEGINS("指标中文名", OUTCOMES, outcome, measure, "Outcome", TN_ROW_SPARE),
    MEMBER("Type", OUTCOMES, outcome, kind),
    KEPT("指标类型", OUTCOMES),
    MEMBER("Measure time point of outcome", OUTCOMES, outcome, time_frame),
    TWIN("测量时间点", OUTCOMES, outcome, time_frame),
    MEMBER("Measure method", OUTCOMES, outcome, description),
    TWIN("测量方法", OUTCOMES, outcome, description),
    KEPT("Sample Name|标本中文名|Tissue|组织|Fate of sample|人体标本去向|Note|说明", SAMPLES),

    BOTH("Recruiting status|征募研究对象情况", status),
    BOTH("Min age|最小 Min age|最小", minimum_age),
    BOTH("Max age|最大 Max age|最大", maximum_age),
    ENGLISH("Gender", sex),
    KEEP("性别"),
    KEEP("Randomization Procedure%|随机方法%|Sign the informed consent|是否签署知情同意|盲法|Blinding method"),
    ENGLISH("Blinding", masking),
    KEEP("Calculated Results after the Study Completed public access|Calculated Results ater the Study Completed%|"
         "是否公开试验完成后的统计结果"),
    BOTH("IPD sharing|是否共享原始数据", ipd_sharing),
    ENGLISH("The way of sharing IPD%", ipd_description),
    KEEP("共享原始数据的方式%|数据采集和管理%|Data collection and Management%|Data Managemen Committee|数据管理委员会"),
    BOTH("Data and Safety Monitoring Committee|数据与安全监察委员会", has_dmc),
    PEOPLE("注册人|Name of Registration"),

    HEAD(SPONSOR "|试验主办单位(项目批准或申办者)"),
    HEAD(ARMS "|干预措施"),
    HEAD(PLACES "|研究实施地点"),
    HEAD(OUTCOMES "|测量指标"),
    HEAD(SAMPLES "|采集人体标本|Collecting sample(s)|from participants"),
    HEAD("Participant age|年龄范围"),
};

static const char *const signatures[] = {
    "The registration number of the Partner Registry or other register", "Date of Last Refreshed on", "Approved No. of ethic committee", "Affiliation of the Leader", NULL,
};

static const struct tn_site site = {
    .host = "www.chictr.org.cn",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
    .signatures = signatures,
    .few_labels = 24, /* a list of search results has a dozen of them */
    .common_labels = true,
    .absent = "NA|N/A|-|/|无|None|岁 years|years|岁|查看附件View|查看附件 View",
    .form = true,
};

const struct tn_reader tn_reader_chictr_page = {
    .name = "chictr-page",
    .description = "trials of the Chinese registry ChiCTR",
    .syntaxes = TN_READS_PAGE,
    .table = &site,
    .detect = tn_page_detect,
    .read = tn_page_read,
};
