<?php
/**
 * Plugin Name:       Concierge
 * Description:       The chat of your Concierge desk on every page of your site.
 * Version:           0.1.0
 * Requires at least: 5.7
 * Requires PHP:      7.4
 * License:           MIT
 * Text Domain:       concierge
 *
 * Copy this file to wp-content/plugins, activate it, and enter the address of the desk under Settings, Concierge.
 * It stores no secret: tokens for people who are signed in come from your own code.
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

const CONCIERGE_OPTION    = 'concierge_settings';
const CONCIERGE_PAGE      = 'concierge';
const CONCIERGE_LANGUAGES = array(
	''   => '',
	'en' => 'English',
	'de' => 'Deutsch',
	'fr' => 'Français',
	'es' => 'Español',
	'ar' => 'العربية',
);

/** The settings, each with a value that can be used. */
function concierge_settings(): array {
	return concierge_sanitize( get_option( CONCIERGE_OPTION, array() ) );
}

/**
 * Whatever was sent or stored, as settings: what cannot be used becomes the default.
 *
 * @param mixed $said From the form or the database.
 */
function concierge_sanitize( $said ): array {
	$said     = is_array( $said ) ? $said : array();
	$text     = static function ( string $name ) use ( $said ): string {
		return isset( $said[ $name ] ) && is_string( $said[ $name ] ) ? trim( $said[ $name ] ) : '';
	};
	$address  = rtrim( $text( 'address' ), '/' );
	$language = $text( 'locale' );
	$color    = $text( 'color' );
	return array(
		'address'       => preg_match( '#^https?://[a-z0-9.:\[\]-]+(/[\w./~-]*)?$#i', $address ) ? $address : '',
		'position'      => 'left' === $text( 'position' ) ? 'left' : 'right',
		'color'         => preg_match( '/^#([0-9a-f]{3}|[0-9a-f]{6})$/i', $color ) ? $color : '',
		'locale'        => isset( CONCIERGE_LANGUAGES[ $language ] ) ? $language : '',
		'hide_launcher' => ! empty( $said['hide_launcher'] ) ? '1' : '',
		'not_on'        => sanitize_textarea_field( $text( 'not_on' ) ),
	);
}

/** Whether a path is in the list: one a line, `*` stands for anything. */
function concierge_is_hidden_on( string $path, string $list ): bool {
	foreach ( preg_split( '/\R/', $list ) as $line ) {
		$line = trim( $line );
		if ( '' === $line ) {
			continue;
		}
		$pattern = str_replace( '\*', '.*', preg_quote( rtrim( $line, '/' ), '#' ) );
		if ( preg_match( '#^' . $pattern . '/?$#', $path ) ) {
			return true;
		}
	}
	return false;
}

/** The attributes of the script tag; none where the chat is not wanted. */
function concierge_attributes(): array {
	$settings = concierge_settings();
	$request  = isset( $_SERVER['REQUEST_URI'] ) ? wp_unslash( $_SERVER['REQUEST_URI'] ) : '/'; // phpcs:ignore WordPress.Security.ValidatedSanitizedInput
	$path     = (string) wp_parse_url( $request, PHP_URL_PATH );
	if ( '' === $settings['address'] || concierge_is_hidden_on( $path, $settings['not_on'] ) ) {
		return array();
	}
	$attributes = array(
		'src'           => $settings['address'] . '/widget.js',
		'async'         => true,
		// Stays right when an optimiser puts several scripts into one file.
		'data-origin'   => $settings['address'],
		'data-position' => $settings['position'],
	);
	foreach ( array( 'color', 'locale' ) as $name ) {
		if ( '' !== $settings[ $name ] ) {
			$attributes[ 'data-' . $name ] = $settings[ $name ];
		}
	}
	if ( '' !== $settings['hide_launcher'] ) {
		$attributes['data-hide-launcher'] = true;
	}
	/**
	 * Lets a theme say who is signed in, such as by `data-token`.
	 */
	return (array) apply_filters( 'concierge_attributes', $attributes );
}

/** Prints the tag; WordPress escapes each attribute, and plugins for content policies add their nonce. */
function concierge_print(): void {
	$attributes = concierge_attributes();
	if ( array() !== $attributes ) {
		wp_print_script_tag( $attributes );
	}
}

function concierge_register(): void {
	register_setting(
		CONCIERGE_PAGE,
		CONCIERGE_OPTION,
		array(
			'type'              => 'array',
			'default'           => array(),
			'sanitize_callback' => 'concierge_sanitize',
		)
	);
}

function concierge_menu(): void {
	add_options_page(
		__( 'Concierge', 'concierge' ),
		__( 'Concierge', 'concierge' ),
		'manage_options',
		CONCIERGE_PAGE,
		'concierge_page'
	);
}

/** One row of the form: the label and its field, which is escaped already. */
function concierge_row( string $name, string $label, string $field, string $hint = '' ): void {
	printf(
		'<tr><th scope="row"><label for="%1$s">%2$s</label></th><td>%3$s%4$s</td></tr>',
		esc_attr( 'concierge-' . $name ),
		esc_html( $label ),
		$field, // phpcs:ignore WordPress.Security.EscapeOutput
		'' === $hint ? '' : '<p class="description">' . esc_html( $hint ) . '</p>'
	);
}

function concierge_input( string $name, string $value, string $type, string $more = '' ): string {
	return sprintf(
		'<input id="%1$s" name="%2$s" type="%3$s" value="%4$s" %5$s>',
		esc_attr( 'concierge-' . $name ),
		esc_attr( CONCIERGE_OPTION . '[' . $name . ']' ),
		esc_attr( $type ),
		esc_attr( $value ),
		$more
	);
}

function concierge_select( string $name, string $value, array $choices ): string {
	$options = '';
	foreach ( $choices as $choice => $label ) {
		$options .= sprintf(
			'<option value="%1$s"%2$s>%3$s</option>',
			esc_attr( $choice ),
			(string) $choice === $value ? ' selected' : '',
			esc_html( $label )
		);
	}
	return sprintf(
		'<select id="%1$s" name="%2$s">%3$s</select>',
		esc_attr( 'concierge-' . $name ),
		esc_attr( CONCIERGE_OPTION . '[' . $name . ']' ),
		$options
	);
}

function concierge_page(): void {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	$settings  = concierge_settings();
	$sides     = array(
		'right' => __( 'Right', 'concierge' ),
		'left'  => __( 'Left', 'concierge' ),
	);
	$languages = array( '' => __( 'The language of the page', 'concierge' ) ) + CONCIERGE_LANGUAGES;
	echo '<div class="wrap"><h1>' . esc_html__( 'Concierge', 'concierge' ) . '</h1><form action="options.php" method="post">';
	settings_fields( CONCIERGE_PAGE );
	echo '<table class="form-table" role="presentation">';
	concierge_row(
		'address',
		__( 'Address of the desk', 'concierge' ),
		concierge_input( 'address', $settings['address'], 'url', 'class="regular-text" placeholder="https://desk.example"' ),
		__( 'The chat appears once this is set, and once this site is among the pages with the widget in the settings of the desk.', 'concierge' )
	);
	concierge_row( 'position', __( 'Side', 'concierge' ), concierge_select( 'position', $settings['position'], $sides ) );
	concierge_row(
		'color',
		__( 'Colour', 'concierge' ),
		concierge_input( 'color', $settings['color'], 'text', 'class="small-text" placeholder="#7a1f5c"' ),
		__( 'Such as #7a1f5c. Without one, the colour of the desk.', 'concierge' )
	);
	concierge_row( 'locale', __( 'Language', 'concierge' ), concierge_select( 'locale', $settings['locale'], $languages ) );
	concierge_row(
		'hide_launcher',
		__( 'Hide the button', 'concierge' ),
		concierge_input( 'hide_launcher', '1', 'checkbox', '' === $settings['hide_launcher'] ? '' : 'checked' ),
		__( 'Your theme has a button of its own that calls Concierge.open().', 'concierge' )
	);
	concierge_row(
		'not_on',
		__( 'Not on these pages', 'concierge' ),
		sprintf(
			'<textarea id="concierge-not_on" name="%1$s" rows="4" class="regular-text code">%2$s</textarea>',
			esc_attr( CONCIERGE_OPTION . '[not_on]' ),
			esc_textarea( $settings['not_on'] )
		),
		__( 'One path a line, such as /checkout or /members/*.', 'concierge' )
	);
	echo '</table>';
	submit_button();
	echo '</form></div>';
}

add_action( 'admin_init', 'concierge_register' );
add_action( 'admin_menu', 'concierge_menu' );
add_action( 'wp_head', 'concierge_print' );
