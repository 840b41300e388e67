/** The timeline panel: the entry of its bundle. */
import * as z from 'zod/mini';
import { App } from './app.ts';
import './timeline.css';

// The content security policy forbids the code generation that zod uses by default.
z.config({ jitless: true });

new App(document.body).start();
