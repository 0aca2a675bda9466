<?php
# Écrit par loosbot à chaque démarrage. Vos propres réglages : LocalSettings.local.php, à côté.
if ( !defined( 'MEDIAWIKI' ) ) { exit; }
require_once "$IP/includes/PlatformSettings.php";

$wgSitename = 'Wiki communal';
$wgMetaNamespace = 'Wiki_communal';
$wgLanguageCode = 'fr';
$wgLocaltimezone = 'Europe/Paris';
$wgServer = getenv( 'LOOSBOT_WIKI_SERVER' ) ?: 'http://127.0.0.1';
$wgScriptPath = '';
$wgArticlePath = '/wiki/$1';
$wgUsePathInfo = true;
$wgResourceBasePath = '';
$wgLogos = false;
$wgEnableEmail = false;
$wgEnableUploads = true;
$wgFileExtensions = [ 'png', 'gif', 'jpg', 'jpeg', 'webp', 'svg', 'pdf' ];
$wgUploadDirectory = __DIR__ . '/data/images';
# img_auth.php shows a file only to those who may read the wiki.
$wgUploadPath = '/img_auth.php';
# Browsers make pictures smaller: with gd, a photograph of more than 12.5 megapixels
# ($wgMaxImageArea) shows an error, and a larger limit takes more memory than PHP has.
$wgUseImageMagick = false;
$wgUseImageResize = false;
# Browsers draw SVG themselves; MediaWiki knows that from 1.41 on.
$wgSVGNativeRendering = true;
if ( version_compare( MW_VERSION, '1.41', '<' ) ) {
	class LoosbotSvgHandler extends SvgHandler {
		public function isEnabled() {
			return true;
		}

		public function mustRender( $file ) {
			return false;
		}

		public function doTransform( $image, $dstPath, $dstUrl, $params, $flags = 0 ) {
			if ( !$this->normaliseParams( $image, $params ) ) {
				return new TransformParameterError( $params );
			}
			return new ThumbnailImage( $image, $image->getUrl(), false, $params );
		}
	}
	$wgMediaHandlers['image/svg+xml'] = LoosbotSvgHandler::class;
}
$wgSecretKey = '@SECRET@';
$wgAuthenticationTokenVersion = '1';
$wgDiff3 = '/usr/bin/diff3';

# The journal is WAL (kept in the file itself); NORMAL is safe with it and doubles the edit rate.
$wgDBtype = 'sqlite';
$wgDBname = 'wiki';
$wgSQLiteDataDir = __DIR__ . '/data';
$loosbotSqlite = static fn ( string $name ) => [
	'type' => 'sqlite', 'dbname' => $name, 'tablePrefix' => '',
	'variables' => [ 'synchronous' => 'NORMAL' ], 'dbDirectory' => $wgSQLiteDataDir,
	'trxMode' => 'IMMEDIATE', 'flags' => 0,
];
$wgDBservers = [ $loosbotSqlite( 'wiki' ) + [ 'load' => 1, 'host' => '', 'user' => '',
	'password' => '' ] ];
# the rest of the entry is MediaWiki's own: its classes change their names
$wgObjectCaches[CACHE_DB]['server'] = $loosbotSqlite( 'wikicache' );
$wgJobTypeConf['default'] = [ 'class' => 'JobQueueDB', 'claimTTL' => 3600,
	'server' => $loosbotSqlite( 'wiki_jobqueue' ) ];

# APCu is emptied all at once when full: what must survive (sessions) goes to the database.
$wgMainCacheType = CACHE_ACCEL;
$wgSessionCacheType = CACHE_DB;
# Whoever puts an older database back changes data/epoch: cached revisions are then of the past.
# ($wgCachePrefix would not do: revision texts are cached under keys that it does not touch.)
$loosbotEpoch = (string)@file_get_contents( __DIR__ . '/data/epoch' );
if ( function_exists( 'apcu_fetch' ) && apcu_fetch( 'loosbot-epoch' ) !== $loosbotEpoch ) {
	apcu_clear_cache();
	apcu_store( 'loosbot-epoch', $loosbotEpoch );
}
$wgCacheDirectory = __DIR__ . '/cache';
$wgLocalisationCacheConf['store'] = 'array';

# Anonymous tokens are the same for everybody, so any web page could post an anonymous edit here.
$wgGroupPermissions['*']['edit'] = false;
# Whoever reaches the port (any account of this machine) must not make an account to write with.
$wgGroupPermissions['*']['createaccount'] = false;
# The highvolume grant lets noratelimit through, but no group of bots has it by default:
# without this line a bot makes 90 edits and 8 moves a minute.
$wgGroupPermissions['bot']['noratelimit'] = true;
# @CLOSED@
# @LOAD@
$wgDefaultSkin = 'vector-2022';
$wgVectorResponsive = true;

if ( is_file( __DIR__ . '/LocalSettings.local.php' ) ) {
	require __DIR__ . '/LocalSettings.local.php';
}
