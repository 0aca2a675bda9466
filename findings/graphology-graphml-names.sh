#!/bin/sh
# graphology-graphml names a quarter after its street, directs an undirected tie, and turns a default "no" into true.
#
# Guess: a value that the file gives once for all nodes (a default) is left out. The guess was wrong: it is there, as a
# text. The names and the directions were noticed on the way.
#
# GraphML is the format in which Gephi, yEd and igraph exchange networks; this library reads it for Sigma, which shows
# them on the web. All of what follows is in GraphML's own schema (1.0): a node with data and then a graph, directed on
# an edge, default in a key.
#
# 1. A node may contain a graph (GraphML's "nested graphs"): a quarter with its streets. The quarter "Centre" is read
#    with the name "Rue des Essais", which is also the street's.
# 2. In a graph with edgedefault="directed", a tie with directed="false", which overrides the default, is read as
#    directed. The opposite, directed="true" in an undirected graph, is read correctly.
# 3. A boolean key with the default false becomes the text "false" on all nodes that do not set it: in JavaScript that
#    is true. A default of 1 for how often makes the sum with 2 "21". Nodes and ties that set it themselves have false
#    and 2.
#
# No error or warning.
#
# Source: collectAttributes (common/parser.js:95) takes every <data> anywhere below the node, and the last of each key
# wins; defaults (113) are inserted as they stand, only values are cast; of directed (207) only "true" is checked.
#
# Why it matters here: a town shows its network on its site; code that hides people who did not agree ("if
# (!node.accord)") shows them.
#
# Seen with graphology-graphml 0.5.2, graphology 0.26.0, Node 20. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit graphology-graphml@0.5.2 graphology@0.26.0 graphology-types@0.24.8 >/dev/null
cat >read.cjs <<'JS'
const Graph = require('graphology')
const { parse } = require('graphology-graphml')
for (const name of ['graphology-graphml', 'graphology']) {
  console.log(name, require(`./node_modules/${name}/package.json`).version)
}
const read = (direction, ties) => parse(Graph, `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="node" attr.name="nom" attr.type="string"/>
  <key id="d1" for="node" attr.name="accord" attr.type="boolean"><default>false</default></key>
  <key id="d2" for="edge" attr.name="fois" attr.type="int"><default>1</default></key>
  <graph id="ville" edgedefault="${direction}">
    <node id="ada"><data key="d0">Ada</data></node>
    <node id="basile"><data key="d0">Basile</data><data key="d1">false</data></node>
    <node id="centre"><data key="d0">Centre</data>
      <graph id="centre:" edgedefault="${direction}">
        <node id="rue"><data key="d0">Rue des Essais</data></node>
      </graph>
    </node>
    ${ties}
  </graph>
</graphml>`)
const twice = '<edge source="ada" target="basile"><data key="d2">2</data></edge>'
const once = '<edge source="basile" target="centre" directed="false"/>'
const directed = read('directed', twice + once)
const undirected = read('undirected', '<edge source="ada" target="basile" directed="true"/>')
const told = (graph, name) => graph.mapNodes((_node, values) => values[name])
const tie = (_edge, _values, from, to, _from, _to, without) => [from, without ? '-' : '>', to].join(' ')
const ends = (graph) => graph.mapEdges(tie)
const seen = [
  ['names', told(directed, 'nom'), ['Ada', 'Basile', 'Rue des Essais', 'Rue des Essais']],
  ['agreed', told(directed, 'accord'), ['false', false, 'false', 'false']],
  ['shown', directed.filterNodes((_node, values) => values.accord), ['ada', 'centre', 'rue']],
  ['how often', directed.mapEdges((_edge, values) => values.fois), [2, '1']],
  ['in sum', directed.reduceEdges((sum, _edge, values) => sum + values.fois, 0), '21'],
  ['directed, but one', ends(directed), ['ada > basile', 'basile > centre']],
  // as it should be
  ['undirected, but one', ends(undirected), ['ada > basile']],
]
let still = true
for (const [what, found, words] of seen) {
  console.log(what, '->', JSON.stringify(found))
  still = still && JSON.stringify(found) === JSON.stringify(words)
}
console.log(still ? 'still so' : 'changed')
process.exit(still ? 0 : 1)
JS
node read.cjs
