/** Recorded runs: their file format, the recorder and the replay. */
export {
  formatTrace,
  parseTrace,
  TRACE_VERSION,
  type Trace,
  TraceError,
  type TraceRecord,
} from './format.ts';
export { TraceRecorder } from './recorder.ts';
export { TraceReplay } from './replay.ts';
