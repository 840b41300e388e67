import { newest } from '../../scripts/vscode/releases.mjs';
import { inRelease } from './scenarios/index.ts';

inRelease(newest);
