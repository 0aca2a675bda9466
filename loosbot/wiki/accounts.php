<?php
// Make the accounts given on standard input: [{"user":…, "groups":[…], "password":… or null}].
// MediaWiki's own createAndPromote.php takes passwords on the command line, where ps shows them.
require_once getenv( 'MW_INSTALL_PATH' ) . '/maintenance/Maintenance.php';

use MediaWiki\Auth\AuthManager;
use MediaWiki\MediaWikiServices;

if ( !class_exists( 'Maintenance' ) ) {
	class_alias( 'MediaWiki\Maintenance\Maintenance', 'Maintenance' );
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
