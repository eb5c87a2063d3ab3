#!/usr/bin/env node
// One peer of Xiaoer on Node.js, in a process of its own. usage: peer.js NAME FOLDER BUDGET
// Speaks as peer.py does; packages are looked for where NODE_PATH says.
"use strict";
const fs = require("fs");
const path = require("path");
const readline = require("readline");

const WARM_UP = 200; // as in workload.py

const tell = (figures) => fs.writeSync(1, JSON.stringify(figures) + "\n");
const spaced = (text) => Array.from(text.replaceAll(" ", "")).join(" ");

// A word stands before and after every message: to JavaScript no word begins or ends at a Chinese character, and
// optional parts at the ends would never match.
async function rivescript(rules) {
  const RiveScript = require("rivescript");
  const bot = new RiveScript({ utf8: true });
  const lines = ["! version = 2.0"];
  for (const { id, patterns } of rules) {
    for (const pattern of patterns) {
      const groups = pattern.map((words) => "(" + words.map(spaced).join("|") + ")");
      lines.push(`+ * ${groups.join(" [*] ")} *`, `- ${id}`);
    }
  }
  bot.stream(lines.join("\n"));
  bot.sortReplies();
  return async (message) => {
    const reply = await bot.reply("buyer", `x ${spaced(message)} x`);
    return reply.startsWith("ERR") ? null : reply;
  };
}

// A classifier has no rules: it is trained with what a message of each pattern looks like.
async function nodeNlp(rules) {
  const { NlpManager } = require("node-nlp");
  const manager = new NlpManager({ languages: ["zh"], autoSave: false, nlu: { log: false } });
  for (const { id, patterns } of rules) {
    for (const [names, topics] of patterns) {
      for (const topic of topics) for (const name of names) manager.addDocument("zh", name + topic, id);
    }
  }
  await manager.train();
  return async (message) => {
    const { intent } = await manager.process("zh", message);
    return intent === "None" ? null : intent;
  };
}

const PEERS = { rivescript, "node-nlp": nodeNlp };

async function measure(answer, messages, budget) {
  let end = Date.now() + budget * 200;
  for (const [, text] of messages.slice(0, WARM_UP)) {
    await answer(text);
    if (Date.now() > end) break;
  }
  const times = [];
  let right = 0;
  let answered = 0;
  end = Date.now() + budget * 1000;
  for (const [rightly, text] of messages.slice(WARM_UP)) {
    const begin = process.hrtime.bigint();
    const found = await answer(text);
    times.push(Number(process.hrtime.bigint() - begin));
    answered += found !== null;
    right += found === null ? rightly.length === 0 : rightly.includes(found);
    if (Date.now() > end) break;
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)] / 1e3;
  tell({
    p50_us: at(0.5), p99_us: at(0.99), right: right / times.length, answered: answered / times.length,
    messages: times.length, rss_mb: process.resourceUsage().maxRSS / 1024,
  });
}

async function main() {
  const [name, folder, budget] = process.argv.slice(2);
  const rules = JSON.parse(fs.readFileSync(path.join(folder, "rules.json"), "utf8"));
  const lines = fs.readFileSync(path.join(folder, "messages.tsv"), "utf8").trimEnd().split("\n");
  const messages = lines.map((line) => line.split("\t")).map(([right, text]) => [right ? right.split(",") : [], text]);
  console.log = () => {}; // the libraries' own chatter
  const begin = process.cpuUsage();
  const answer = await PEERS[name](rules);
  const spent = process.cpuUsage(begin);
  tell({ load_s: (spent.user + spent.system) / 1e6 });
  await measure(answer, messages, Number(budget));
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const text = fs.readFileSync(line.trim(), "utf8");
    const from = process.hrtime.bigint();
    await answer(text);
    tell({ seconds: Number(process.hrtime.bigint() - from) / 1e9 });
  }
}

main();
