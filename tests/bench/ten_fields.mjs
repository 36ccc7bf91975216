// SPDX-License-Identifier: MIT
// Ten fields of each study of an NDJSON file, with DuckDB. `told`: its types are given, so that nothing else is kept.
//   usage: node ten_fields.mjs FOLDER-OF-node_modules FILE.ndjson [told]
import { createRequire } from 'node:module';
import path from 'node:path';

const [folder, file, told] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(path.join(path.resolve(folder), 'x.js'))('@duckdb/node-api');
const types = `STRUCT(identificationModule STRUCT(nctId VARCHAR, briefTitle VARCHAR),
  statusModule STRUCT(overallStatus VARCHAR, startDateStruct STRUCT(date VARCHAR)),
  designModule STRUCT(studyType VARCHAR, phases VARCHAR[], enrollmentInfo STRUCT(count BIGINT)),
  conditionsModule STRUCT(conditions VARCHAR[]),
  sponsorCollaboratorsModule STRUCT(leadSponsor STRUCT(name VARCHAR)), eligibilityModule STRUCT(sex VARCHAR))`;
const columns = told ? `, columns = {protocolSection: '${types.replace(/\s+/g, ' ')}'}` : '';
const connection = await (await DuckDBInstance.create(':memory:')).connect();
await connection.run(`COPY (SELECT p.identificationModule.nctId AS id, p.identificationModule.briefTitle AS title,
    p.statusModule.overallStatus AS status, p.statusModule.startDateStruct.date AS start, p.designModule.studyType AS type,
    p.designModule.phases AS phases, p.designModule.enrollmentInfo.count AS enrollment, p.conditionsModule.conditions AS conditions,
    p.sponsorCollaboratorsModule.leadSponsor.name AS sponsor, p.eligibilityModule.sex AS sex
  FROM (SELECT protocolSection AS p FROM read_json('${file.replaceAll("'", "''")}', format = 'newline_delimited'${columns})))
  TO '/dev/stdout' (FORMAT json)`);
