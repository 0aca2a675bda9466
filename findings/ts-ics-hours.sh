#!/bin/sh
# ts-ics, which reads iCalendar and writes it again, moves a meeting to Greenwich's hour and drops dates and categories.
#
# Guess: of several RDATE, EXDATE or ATTENDEE the last is kept. The guess held for categories and remarks, and added
# dates are lost altogether; EXDATE and ATTENDEE are right. Hours and names were noticed on the way.
#
# Its page: it "can parse and create Ics files [...] and aims to be fully RFC 5545 compliant".
#
# 1. "DTSTART:20260601T080000" is eight o'clock wherever one is (RFC 5545, 3.3.5, form 1). It is written again as
#    "080000Z", eight o'clock in Greenwich: ten in a town in France.
# 2. RDATE, by which a series has one more day, is lost; so are CONTACT and RESOURCES.
# 3. CATEGORIES, COMMENT and ATTACH may be repeated (3.8.1); only the last is kept.
# 4. ORGANIZER;CN="Ville: eau":mailto:v@v.example is written without its quotes. ical.js then reads an organizer called
#    "Ville", with the address " eau:MAILTO:v@v.example".
#
# No error or warning. Its page does not say what it leaves out, and no issue found reports it.
#
# Source: an event has one key for each property, most of them with one value (its own types); a date is a JavaScript
# Date with a zone or none, and none is written as UTC.
#
# Why it matters here: a town's meetings are handed on as iCalendar, many without a zone. Whoever adds one with this
# library moves them by two hours.
#
# All of this was seen with ts-ics 2.4.6, beside ical.js 2.2.1, Node 20, TZ=Europe/Paris. Exits 0 where all is still so,
# else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit ts-ics@2.4.6 >/dev/null
npm install --silent --no-fund --no-audit ical.js@2.2.1 >/dev/null
cat >again.mjs <<'JS'
import assert from 'node:assert'
import ICAL from 'ical.js'
import { convertIcsCalendar, generateIcsCalendar } from 'ts-ics'

const HEAD = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//v//FR', 'BEGIN:VEVENT', 'UID:a@v.example']
const TAIL = ['SUMMARY:Banc', 'END:VEVENT', 'END:VCALENDAR', '']
const again = (...lines) => {
  const calendar = [...HEAD, 'DTSTAMP:20260101T000000Z', ...lines, ...TAIL].join('\r\n')
  const written = generateIcsCalendar(convertIcsCalendar(undefined, calendar))
  return new ICAL.Component(ICAL.parse(written)).getFirstSubcomponent('vevent')
}
const all = (event, name) => event.getAllProperties(name).map((property) => property.getValues().join('|'))
const START = 'DTSTART:20260601T080000Z'
let still = true
const check = (label, found, seen) => {
  console.log(label, '->', JSON.stringify(found))
  try {
    assert.deepStrictEqual(found, seen)
  } catch {
    still = false
  }
}
check('no zone', all(again('DTSTART:20260601T080000'), 'dtstart'), ['2026-06-01T08:00:00Z'])
for (const name of ['RDATE:20260604T080000Z', 'CONTACT:Ada', 'RESOURCES:banc']) {
  check(name, all(again(START, name), name.split(':')[0].toLowerCase()), [])
}
check('CATEGORIES', all(again(START, 'CATEGORIES:eau', 'CATEGORIES:air'), 'categories'), ['air'])
check('COMMENT', all(again(START, 'COMMENT:un', 'COMMENT:deux'), 'comment'), ['deux'])
const LINKS = ['ATTACH:http://v.example/a', 'ATTACH:http://v.example/b']
check('ATTACH', all(again(START, ...LINKS), 'attach'), ['http://v.example/b'])
const organizer = again(START, 'ORGANIZER;CN="Ville: eau":mailto:v@v.example').getFirstProperty('organizer')
check('ORGANIZER', [organizer.getParameter('cn'), organizer.getFirstValue()], ['Ville', ' eau:MAILTO:v@v.example'])
// as it should be
const paris = again('DTSTART;TZID=Europe/Paris:20260601T080000').getFirstProperty('dtstart')
check('TZID', [paris.getParameter('tzid'), paris.getFirstValue().hour], ['Europe/Paris', 8])
const OFF = ['RRULE:FREQ=DAILY;COUNT=4', 'EXDATE:20260602T080000Z,20260603T080000Z']
check('EXDATE', all(again(START, ...OFF), 'exdate'), ['2026-06-02T08:00:00Z', '2026-06-03T08:00:00Z'])
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
TZ=Europe/Paris node again.mjs
