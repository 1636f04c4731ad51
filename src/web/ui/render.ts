import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A whole page as HTML. Text and attributes are escaped by the renderer; there is no way past it. */
export const renderPage = <Props>(page: VNode<Props>): string => `<!doctype html>\n${renderToString(page)}`;
