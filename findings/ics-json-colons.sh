#!/bin/sh
# ics-to-json, ical-js-parser and cal-parser change the texts of a calendar; the first mixes a task into an event.
#
# Guess: the texts of RFC 5545, unescaped, with tasks apart or left out. The guess was wrong.
#
# 1. ics-to-json cuts each line at every colon and keeps the second piece: the summary "Promesse : un banc" is
#    "Promesse". The fields of a task (VTODO) overwrite those of the event before it, which then has its own day and the
#    words of the task.
# 2. ical-js-parser leaves the escapes of a text ("\," "\n") in it, and turns the due day of a task into
#    "DATE:20260615".
# 3. cal-parser joins the lines of a description into one, with a blank between.
#
# No error or warning.
#
# Source: icsToJson.ts:40 splits at ":" and its switch only knows VEVENT; cal-parser's index.js:176 makes a blank of
# "\n"; ical-js-parser's toJSON unescapes nothing.
#
# Why it matters here: a site that shows the calendar of reminders reads it with such a library; its summaries have
# colons, and its promises are tasks.
#
# Seen with ics-to-json 2.0.2, ical-js-parser 0.7.4, cal-parser 1.0.2 and, which reads all of it, ts-ics 2.4.6, Node 20.
# Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit ics-to-json@2.0.2 ical-js-parser@0.7.4 cal-parser@1.0.2 \
    ts-ics@2.4.6 >/dev/null
cat >read.mjs <<'JS'
import { createRequire } from 'module'

const require = createRequire(import.meta.url)
const cal = require('cal-parser')
const icalJs = require('ical-js-parser')
const { icsToJson } = require('ics-to-json')
const { convertIcsCalendar } = await import('ts-ics')
const agenda = [
  'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//essai//FR',
  'BEGIN:VEVENT', 'UID:1@essai', 'DTSTAMP:20260101T000000Z', 'DTSTART;VALUE=DATE:20260630',
  'DTEND;VALUE=DATE:20260701', 'SUMMARY:Promesse : un banc\\, une vis',
  'DESCRIPTION:Qui : Ada\\nOù : place Verte', 'END:VEVENT',
  'BEGIN:VTODO', 'UID:2@essai', 'DTSTAMP:20260101T000000Z', 'DUE;VALUE=DATE:20260615',
  'SUMMARY:Huiler le banc', 'END:VTODO', 'END:VCALENDAR', '',
].join('\r\n')
const read = {
  'ics-to-json': icsToJson(agenda).map((one) => [one.startDate, one.summary, one.description]),
  'ical-js-parser': [icalJs.default.toJSON(agenda)].flatMap(({ events: [event], todos: [task] }) => [
    [event.dtstart.value, event.summary, event.description], [task.due, task.summary],
  ]),
  'cal-parser': cal.parseString(agenda).events.map((one) => [one.summary.value, one.description.value]),
  'ts-ics': [convertIcsCalendar(undefined, agenda)].flatMap(({ events: [event], todos: [task] }) => [
    [event.summary, event.description], [task.due.type, task.summary],
  ]),
}
const seen = {
  'ics-to-json': [['20260630', 'Huiler le banc', 'Qui']],
  'ical-js-parser': [
    ['20260630', 'Promesse : un banc\\, une vis', 'Qui : Ada\\nOù : place Verte'],
    ['DATE:20260615', 'Huiler le banc'],
  ],
  'cal-parser': [['Promesse : un banc, une vis', 'Qui : Ada Où : place Verte']],
  'ts-ics': [['Promesse : un banc, une vis', 'Qui : Ada\nOù : place Verte'], ['DATE', 'Huiler le banc']],
}
let still = true
for (const [name, found] of Object.entries(read)) {
  console.log(name, '->', JSON.stringify(found))
  still = still && JSON.stringify(found) === JSON.stringify(seen[name])
}
const alone = icsToJson(agenda.replace(/BEGIN:VTODO.*END:VTODO\r\n/s, ''))[0].summary
console.log('ics-to-json, without the task ->', JSON.stringify(alone))
still = still && alone === 'Promesse'
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node read.mjs
