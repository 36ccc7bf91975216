// SPDX-License-Identifier: MIT
// Runs the SQL of standard input through a DuckDB database, and prints for each statement that begins with SELECT one line:
// an array of the first columns of its rows.
//
// usage: node duckdb.mjs NODE_MODULES DATABASE < FILE.sql
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [modules, file] = process.argv.slice(2);
const { DuckDBInstance, StatementType } = createRequire(join(resolve(modules), "x.js"))("@duckdb/node-api");
const connection = await (await DuckDBInstance.create(file)).connect();
const statements = await connection.extractStatements(readFileSync(0, "utf8"));
for (let at = 0; at < statements.count; at++) {
    const statement = await statements.prepare(at);
    const rows = (await statement.runAndReadAll()).getRowsJson();
    if (statement.statementType === StatementType.SELECT)
        process.stdout.write(JSON.stringify(rows.map((row) => row[0])) + "\n");
}
