import { oldest } from '../../scripts/vscode/releases.mjs';
import { inRelease } from './scenarios/index.ts';

inRelease(oldest);
