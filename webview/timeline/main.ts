/** The timeline panel: the entry of its bundle. */
import * as z from 'zod/mini';
import { App } from './app.ts';
import './timeline.css';

// The page's content security policy forbids the code generation by which zod is faster.
z.config({ jitless: true });

new App(document.body).start();
