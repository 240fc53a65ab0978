import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../support/needs.js';

const ROOT = resolve(import.meta.dirname, '../..');
const PLUGIN = join(ROOT, 'integrations/wordpress/concierge.php');
const DOCS = readFileSync(join(ROOT, 'docs/widget.md'), 'utf8');
const IDENTITY = readFileSync(join(ROOT, 'docs/identity.md'), 'utf8');
const php = (file: string, ...args: string[]) => spawnSync('php', [file, ...args], { encoding: 'utf8' });
const isThere = spawnSync('php', ['--version']).status === 0;

/** The functions of WordPress that the plugin calls, as far as it needs them, escaping as they do. */
const STUBS = String.raw`<?php
error_reporting(E_ALL);
set_error_handler(function ($level, $words) { throw new ErrorException($words); });
define('ABSPATH', '/');
$stored = json_decode($argv[1], true);
$_SERVER['REQUEST_URI'] = $argv[2];
$filters = [];
$registered = [];
function add_action($name, $act) { add_filter($name, $act); }
function add_filter($name, $act) { global $filters; $filters[$name][] = $act; }
function apply_filters($name, $value) { global $filters; foreach ($filters[$name] ?? [] as $act) $value = $act($value); return $value; }
function get_option($name, $default) { global $stored; return $stored ?? $default; }
function register_setting($group, $name, $args) { global $registered; $registered = $args; }
function add_options_page() {}
function settings_fields($group) { echo '<input type="hidden" name="option_page" value="' . $group . '">'; }
function submit_button() { echo '<button>Save</button>'; }
function current_user_can($what) { return $what === 'manage_options'; }
function wp_get_current_user() { return (object) ['ID' => 7, 'display_name' => 'Kim "K"', 'user_email' => 'kim@shop.test']; }
function sanitize_textarea_field($text) { return strip_tags($text); }
function wp_unslash($text) { return stripslashes($text); }
function wp_parse_url($url, $part) { return parse_url($url, $part); }
function __($text, $domain) { if ($domain !== 'concierge') throw new Exception('domain'); return $text; }
function esc_html__($text, $domain) { return esc_html(__($text, $domain)); }
function esc_attr($text) { return htmlspecialchars($text, ENT_QUOTES); }
function esc_html($text) { return htmlspecialchars($text, ENT_QUOTES); }
function esc_textarea($text) { return htmlspecialchars($text, ENT_QUOTES); }
function esc_url($url) { return preg_match('#^https?://#', $url) ? str_replace(['&', "'"], ['&#038;', '&#039;'], preg_replace('#[^a-z0-9-~+_.?\#=!&;,/:%@$|*()\[\]\x80-\xff]#i', '', $url)) : ''; }
function wp_print_script_tag($attributes) {
  $said = '';
  foreach ($attributes as $name => $value)
    if ($value === true) $said .= ' ' . esc_attr($name);
    else $said .= sprintf(' %s="%s"', esc_attr($name), $name === 'src' ? esc_url($value) : esc_attr($value));
  echo "<script$said></script>\n";
}
`;

describeWith(isThere, 'PHP: apt-get install php-cli')('the plugin for WordPress', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wordpress-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What a site prints that has stored these settings. */
  function run(settings: unknown, code: string, path = '/', more = ''): string {
    const file = join(folder, 'site.php');
    writeFileSync(file, `${STUBS}require '${PLUGIN}';\n${more}\n${code}`);
    const { stdout, stderr, status } = php(file, JSON.stringify(settings), path);
    expect([status, stderr]).toEqual([0, '']);
    return stdout;
  }
  const TAG = `foreach ($filters['wp_head'] as $act) $act();`;
  const FORM = `concierge_page();`;

  it('is PHP', () => {
    expect(spawnSync('php', ['-l', PLUGIN], { encoding: 'utf8' }).stdout).toContain('No syntax errors');
  });

  it('prints one tag with what was set, and nothing before an address is set', () => {
    expect(run([], TAG)).toBe('');
    const address = 'https://desk.example/support/';
    expect(run({ address }, TAG)).toBe(
      '<script src="https://desk.example/support/widget.js" async data-origin="https://desk.example/support" data-position="right"></script>\n',
    );
    const all = { address, position: 'left', color: '#7a1f5c', locale: 'ar', hide_launcher: '1' };
    expect(run(all, TAG)).toContain(
      'data-position="left" data-color="#7a1f5c" data-locale="ar" data-hide-launcher></script>',
    );
  });

  it('leaves the chat out on the pages of the list', () => {
    const settings = { address: 'https://desk.example', not_on: '/checkout/\r\n\n/members/*\n/a.b' };
    const shown = (path: string) => run(settings, TAG, path) !== '';
    const hidden = ['/checkout', '/checkout/?step=2', '/members/ida', '/a.b'].map(shown);
    expect(hidden).toEqual([false, false, false, false]);
    expect(['/', '/checkout/more', '/members', '/aXb', '//'].map(shown)).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
  });

  it.each([
    ['address', 'https://desk.example"><script>alert(1)</script>'],
    ['address', 'javascript:alert(1)'],
    ['address', ['https://desk.example']],
    ['color', '#fff" onload="alert(1)'],
    ['locale', 'en" onload="alert(1)'],
    ['position', 'left" onload="alert(1)'],
    ['not_on', '</textarea><script>alert(1)</script>'],
  ])('takes nothing harmful as %s: %s', (name, value) => {
    const settings = { address: 'https://desk.example', [name]: value };
    const printed = run(settings, TAG) + run(settings, FORM);
    expect(printed).not.toMatch(/alert\(1\)<\/script>|onload|javascript:|"><script>/);
    const saved = `concierge_register(); echo json_encode($registered['sanitize_callback']($stored));`;
    const kept = JSON.parse(run(settings, saved));
    expect(JSON.stringify(kept)).not.toMatch(/<|onload|javascript/);
    expect(run(kept, TAG)).toBe(run(settings, TAG));
  });

  it('has a form with each setting', () => {
    const form = run({ address: 'https://desk.example', locale: 'de', hide_launcher: '1' }, FORM);
    for (const name of ['address', 'position', 'color', 'locale', 'hide_launcher', 'not_on']) {
      expect(form).toContain(`name="concierge_settings[${name}]"`);
      expect(form).toContain(`<label for="concierge-${name}">`);
    }
    expect(form).toContain('<option value="de" selected>Deutsch</option>');
    expect(form).toContain('type="checkbox" value="1" checked');
  });

  it('runs the snippets of docs/widget.md', () => {
    const [filter = '', drupal = ''] = [...DOCS.matchAll(/\n```php\n([\s\S]*?)\n```/g)].map(
      ([, code]) => code,
    );
    const [, signs = ''] = /\n```php\n([\s\S]*?)\n```/.exec(IDENTITY)!;
    const token = `${signs.replace('<?php', '')}\nputenv('CONCIERGE_SECRET=${'s'.repeat(40)}');`;
    const settings = { address: 'https://desk.example' };
    expect(run(settings, `${filter}\n${TAG}`, '/', token)).toMatch(
      / data-token="[\w-]+\.[\w-]+\.[\w-]+"><\/script>/,
    );
    const print = `$page = []; mymodule_page_attachments($page); echo json_encode($page['#attached']['html_head']);`;
    expect(JSON.parse(run([], `${drupal}\n${print}`))).toEqual([
      [
        {
          '#tag': 'script',
          '#attributes': { src: 'https://desk.example/widget.js', async: true, 'data-position': 'left' },
        },
        'concierge',
      ],
    ]);
  });
});
