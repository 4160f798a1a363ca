// Builds the islands of the pages and the chat widget into assistant/service/static, or the folder given.
import { build } from "esbuild";
import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";

const LIMIT = 15 * 1024;
const out = process.argv[2] ? `${process.argv[2]}/` : new URL("../service/static/", import.meta.url).pathname;
const common = { bundle: true, minify: true, target: "es2020", charset: "utf8", legalComments: "none", logLevel: "warning" };

const islands = ["ask", "viewer", "workbench"];
await build({ ...common, entryPoints: islands.map((n) => `src/pages/${n}.ts`), outdir: out, format: "esm" });
await build({ ...common, entryPoints: ["src/chat/widget.ts"], outdir: out, format: "iife" });

const size = gzipSync(readFileSync(out + "widget.js"), { level: 9 }).length;
console.log(`widget.js: ${size} bytes gzip of ${LIMIT}`);
if (size > LIMIT) process.exit(1);
