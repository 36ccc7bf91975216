// SPDX-License-Identifier: MIT
// Runs the files of SQL through DuckDB, and prints the rows of every SELECT, with tabs between the columns.
//
// usage: node duckdb.mjs NODE_MODULES FILE.sql...
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [modules, ...files] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(join(resolve(modules), "x.js"))("@duckdb/node-api");
const connection = await (await DuckDBInstance.create()).connect();
for (const file of files) {
    for (const statement of readFileSync(file, "utf8").split(/;\s*$/m).filter((text) => text.trim())) {
        const rows = (await connection.runAndReadAll(statement)).getRowsJson();
        if (/^\s*select/im.test(statement.replace(/^--.*$/gm, "").trimStart().slice(0, 6)))
            for (const row of rows) console.log(row.join("\t"));
    }
}
