"""The PHP texts that the embedded MediaWiki needs: settings, router, account maker."""

from __future__ import annotations

from pathlib import Path

EXTENSIONS = ("ParserFunctions", "TemplateData", "Cite", "InputBox", "WikiEditor", "VisualEditor")
SKINS = ("Vector", "Timeless", "MinervaNeue")

_SETTINGS = """\
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
@CLOSED@
@LOAD@
$wgDefaultSkin = 'vector-2022';
$wgVectorResponsive = true;

if ( is_file( __DIR__ . '/LocalSettings.local.php' ) ) {
	require __DIR__ . '/LocalSettings.local.php';
}
"""

_CLOSED = """\
$wgGroupPermissions['*']['read'] = false;
"""

ROUTER = """\
<?php
// Serve MediaWiki's entry points and its static files, and nothing else of the tree.
$path = rawurldecode( (string)parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
$entry = 'index.php';
$scripts = 'api|index|load|rest|opensearch_desc|img_auth';
if ( preg_match( "#^/($scripts)\\.php(/|\\$)#", $path, $match ) ) {
	$entry = $match[1] . '.php';
} elseif ( $path !== '/' && !str_starts_with( $path, '/wiki/' ) ) {
	$static = '#^/(resources|skins|extensions)/[^\\0]*\\.'
		. '(css|js|svg|png|gif|jpe?g|webp|ico|woff2?|ttf|wasm)$#';
	if ( preg_match( $static, $path ) && !str_contains( $path, '/../' ) ) {
		return false;
	}
	http_response_code( 404 );
	header( 'Content-Type: text/plain; charset=utf-8' );
	echo "Rien à cette adresse.\\n";
	return true;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/' . $entry;
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . '/' . $entry;
chdir( $_SERVER['DOCUMENT_ROOT'] );
require $_SERVER['SCRIPT_FILENAME'];
"""

KEEPER = """\
<?php
// Keep PHP's own server whole: it does not replace a process of its own that ended.
// Arguments: the router (which names our processes), how many there are, the server's command.
$router = $argv[1];
$most = (int)$argv[2];
$command = array_slice( $argv, 3 );

// Which of these folders of /proc are processes of the server. All of /proc is looked through only
// while it starts: afterwards it has no new process, and each wiki looks twice a second.
function members( string $router, array $folders ): array {
	$found = [];
	foreach ( $folders as $folder ) {
		$pid = (int)basename( $folder );
		$stat = $pid === getmypid() ? false : @file_get_contents( "$folder/stat" );
		if ( $stat === false ) {
			continue;
		}
		// after the name, which may hold blanks: state, parent, group
		[ $state, , $group ] = explode( ' ', substr( strrchr( $stat, ')' ), 2 ) );
		if ( (int)$group === getmypid() && strpos( 'ZX', $state ) === false ) {
			$words = explode( "\0", (string)@file_get_contents( "$folder/cmdline" ) );
			if ( in_array( $router, $words, true ) ) {
				$found[$pid] = $folder;
			}
		}
	}
	return $found;
}

function everything(): array {
	return glob( '/proc/[0-9]*', GLOB_NOSORT );
}

for ( $quick = 0; $quick < 5; ) {
	$began = time();
	$php = proc_open( $command, [ [ 'file', '/dev/null', 'r' ], STDOUT, STDERR ], $pipes );
	$whole = false;
	do {
		usleep( $whole ? 500000 : 50000 );
		$found = members( $router, $whole ? $found : everything() );
		$whole = $whole || count( $found ) >= $most;
		clearstatcache();
		$gone = !is_file( $router );
	} while ( proc_get_status( $php )['running'] && !$gone
		&& ( !$whole || count( $found ) >= $most ) );
	foreach ( array_keys( members( $router, everything() ) ) as $pid ) {
		posix_kill( $pid, 9 );
	}
	proc_close( $php );
	if ( $gone ) {
		// the wiki's folder was moved or erased: nothing is left that this server could show
		exit( 0 );
	}
	if ( !$whole ) {
		exit( 1 );
	}
	$quick = time() - $began < 5 ? $quick + 1 : 0;
	fwrite( STDERR, gmdate( 'c' ) . " loosbot: a process of the server ended, all are renewed\n" );
}
exit( 1 );
"""

ACCOUNTS = """\
<?php
// Make the accounts given on standard input: [{"user":…, "groups":[…], "password":… or null}].
// MediaWiki's own createAndPromote.php takes passwords on the command line, where ps shows them.
require_once getenv( 'MW_INSTALL_PATH' ) . '/maintenance/Maintenance.php';

use MediaWiki\\Auth\\AuthManager;
use MediaWiki\\MediaWikiServices;

if ( !class_exists( 'Maintenance' ) ) {
	class_alias( 'MediaWiki\\Maintenance\\Maintenance', 'Maintenance' );
}

class LoosbotAccounts extends Maintenance {
	public function execute() {
		$services = MediaWikiServices::getInstance();
		foreach ( json_decode( stream_get_contents( STDIN ), true ) as $account ) {
			$user = $services->getUserFactory()->newFromName( $account['user'] );
			$status = $services->getAuthManager()->autoCreateUser(
				$user, AuthManager::AUTOCREATE_SOURCE_MAINT, false );
			if ( !$status->isGood() ) {
				$this->fatalError( $account['user'] . ': ' . $status );
			}
			if ( $account['password'] !== null ) {
				$status = $user->changeAuthenticationData( [
					'username' => $user->getName(),
					'password' => $account['password'],
					'retype' => $account['password'],
				] );
				if ( !$status->isGood() ) {
					$this->fatalError( $account['user'] . ': ' . $status );
				}
			}
			$services->getUserGroupManager()->addUserToMultipleGroups( $user, $account['groups'] );
		}
	}
}

$maintClass = LoosbotAccounts::class;
require_once RUN_MAINTENANCE_IF_MAIN;
"""


def local_settings(code: Path, secret: str, closed: bool) -> str:
    """The text of LocalSettings.php for the tree at ``code``; loads what that tree carries.

    ``secret`` is hexadecimal. ``closed`` shuts the wiki to readers without an account.
    """
    loads = [f"wfLoadExtension( '{n}' );" for n in EXTENSIONS if _has(code / "extensions" / n)]
    loads += [f"wfLoadSkin( '{n}' );" for n in SKINS if _has(code / "skins" / n)]
    return (
        _SETTINGS.replace("@SECRET@", secret)
        .replace("@CLOSED@", _CLOSED if closed else "")
        .replace("@LOAD@", "\n".join(loads))
    )


def _has(folder: Path) -> bool:
    return any((folder / name).is_file() for name in ("extension.json", "skin.json"))
