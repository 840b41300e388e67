/** The topology panel: the entry of its bundle. */
import * as z from 'zod/mini';
import { colourStyle, SHAPE_STYLE } from '../../layout/drawing/index.ts';
import { App } from './app.ts';
import { THEME } from './theme.ts';
import './topology.css';

// The content security policy forbids the code generation that zod uses by default.
z.config({ jitless: true });

const sheet = new CSSStyleSheet();
sheet.replaceSync(`@layer picture { ${SHAPE_STYLE} ${colourStyle(THEME)} }`);
document.adoptedStyleSheets = [sheet];

new App(document.body).start();
