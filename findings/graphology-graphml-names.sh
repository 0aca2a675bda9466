#!/bin/sh
# graphology-graphml gives a quarter the name of a street in it, a direction to a tie that has none, and makes true of
# "no" where nothing is told.
#
# Guess: a value that the file has once for all nodes (a default) is left out. It is there, as a text; the names and the
# directions were found beside.
#
# GraphML is what Gephi, yEd and igraph hand networks on in; this reads it for Sigma, by which they are shown on the
# web. All of what follows is in GraphML's own schema (1.0): a node with data and then a graph, directed on an edge,
# default in a key.
#
# 1. A node may have a graph of its own in it (GraphML's "nested graphs"): a quarter with its streets. The quarter
#    "Centre" is called "Rue des Essais" when it is read, as is the street.
# 2. Of a graph with edgedefault="directed" a tie with directed="false", which goes before the default, goes from one to
#    the other. The other way round, directed="true" in a graph without directions, is read as it is.
# 3. A key of boolean with the default false is "false" as a text on all nodes that do not tell it: in JavaScript that
#    is true. A default of 1 for how often makes "21" of a sum with 2. Nodes and ties that tell it themselves have false
#    and 2.
#
# Nothing is said.
#
# Its source: collectAttributes (common/parser.js:95) takes all <data> anywhere below the node, the last of one key
# stays; defaults (113) are put in as they stand, only values are cast; of directed (207) "true" alone is looked at.
#
# Here: a network of a town is shown on its site; who hides people who did not agree ("if (!node.accord)") shows them.
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
