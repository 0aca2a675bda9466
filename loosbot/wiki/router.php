<?php
// Serve MediaWiki's entry points and its static files, and nothing else of the tree.
$path = rawurldecode( (string)parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
$entry = 'index.php';
$scripts = 'api|index|load|rest|opensearch_desc|img_auth';
if ( preg_match( "#^/($scripts)\.php(/|\$)#", $path, $match ) ) {
	$entry = $match[1] . '.php';
} elseif ( $path !== '/' && !str_starts_with( $path, '/wiki/' ) ) {
	$static = '#^/(resources|skins|extensions)/[^\0]*\.'
		. '(css|js|svg|png|gif|jpe?g|webp|ico|woff2?|ttf|wasm)$#';
	if ( preg_match( $static, $path ) && !str_contains( $path, '/../' ) ) {
		return false;
	}
	http_response_code( 404 );
	header( 'Content-Type: text/plain; charset=utf-8' );
	echo "Rien à cette adresse.\n";
	return true;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/' . $entry;
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . '/' . $entry;
chdir( $_SERVER['DOCUMENT_ROOT'] );
require $_SERVER['SCRIPT_FILENAME'];
