import { Fragment } from 'react';
import { LINK_ATTRIBUTES, linkParts } from '../../../shared/links.js';
import styles from './linked-text.module.css';

/** What somebody wrote, with its links. */
export function LinkedText({ text }: { readonly text: string }) {
  return linkParts(text).map(({ text: words, href }, index) =>
    href === undefined ? (
      <Fragment key={index}>{words}</Fragment>
    ) : (
      <a key={index} className={styles.link} href={href} {...LINK_ATTRIBUTES}>
        {words}
      </a>
    ),
  );
}
