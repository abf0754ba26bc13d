<?php
/*
 * The statement list as one would write it in PHP: a persistent mysqli connection, a prepared
 * statement, PHP as its own template. Same SQL and same words as payments (statement.c,
 * statement_list.tpl); peers.py compares the pages before it measures.
 */
declare(strict_types=1);

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September',
	'October', 'November', 'December'];
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const SQL = 'SELECT c.person_id, c.roles, c.time_zone, c.locale, c.preferred_name, c.seen_at,'
	. ' s.public_id, s.period_start, s.period_end, s.net_minor, s.currency, s.state, s.promised_on, s.funds_on'
	. ' FROM keptword_core.caller c JOIN statement s ON s.person_id = c.person_id'
	. ' WHERE c.token_hash = ? AND c.seen_at > ? AND c.ends_at > ?'
	. ' ORDER BY s.period_end DESC, s.id DESC LIMIT 26';

function h(string $text): string
{
	return htmlspecialchars($text, ENT_QUOTES, 'UTF-8');
}

function id_text(string $bytes): string
{
	$out = '';
	for ($i = 0; $i < 130; $i += 5) {
		$pair = ord($bytes[$i >> 3]) << 8 | ord($bytes[($i >> 3) + 1] ?? "\0");
		$out .= LETTERS[$pair >> 11 - ($i & 7) & 31];
	}
	return $out;
}

function day_short(string $day): string
{
	[$y, $m, $d] = explode('-', $day);
	return (int) $d . ' ' . substr(MONTHS[$m - 1], 0, 3) . ' ' . $y;
}

function period(string $first, string $last): string
{
	[$y, $m, $d] = explode('-', $first);
	[$y2, $m2, $d2] = explode('-', $last);
	$begin = (int) $d . ($m !== $m2 || $y !== $y2 ? ' ' . MONTHS[$m - 1] : '') . ($y !== $y2 ? ' ' . $y : '');
	return $begin . ' to ' . (int) $d2 . ' ' . MONTHS[$m2 - 1] . ' ' . $y2;
}

$token = $_COOKIE['__Host-session'] ?? '';
$db = new mysqli('p:localhost', getenv('DB_USER'), getenv('DB_PASSWORD'), 'keptword_payments', 0, getenv('DB_SOCKET'));
$stmt = $db->prepare(SQL);
$hash = hash('sha256', $token, true);
$earliest = gmdate('Y-m-d H:i:s', time() - 8 * 3600);
$now = gmdate('Y-m-d H:i:s');
$stmt->bind_param('sss', $hash, $earliest, $now);
$stmt->execute();
$rows = $stmt->get_result()->fetch_all(MYSQLI_NUM);
if (!$rows) {
	header('Location: /sign-in', true, 303);
	exit;
}
$form_token = substr(hash('sha256', "keptword form\n" . $token), 0, 32);
header('Content-Type: text/html; charset=utf-8');
header('Cache-Control: no-store');
require 'page.phtml';
