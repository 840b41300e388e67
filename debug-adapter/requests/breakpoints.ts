import * as z from 'zod/mini';
import { dataBreakpointInfo } from '../breakpoints/data-breakpoints.ts';
import { AdapterError } from '../dap/errors.ts';
import { variableReaderOf } from '../session/pause-reading.ts';
import { type RequestTable, request } from './table.ts';

const position = z.int().check(z.gte(1));

const source = z.looseObject({ path: z.optional(z.string()), name: z.optional(z.string()) });

const breakpoint = z.looseObject({
  line: position,
  column: z.optional(position),
  condition: z.optional(z.string()),
  hitCondition: z.optional(z.string()),
  logMessage: z.optional(z.string()),
  mode: z.optional(z.string()),
});

const setBreakpointsArguments = z.looseObject({
  source,
  breakpoints: z.optional(z.array(breakpoint)),
  lines: z.optional(z.array(position)),
});

const locationsArguments = z.looseObject({
  source,
  line: position,
  column: z.optional(position),
  endLine: z.optional(position),
  endColumn: z.optional(position),
});

const functionArguments = z.looseObject({
  breakpoints: z.array(
    z.looseObject({
      name: z.string(),
      condition: z.optional(z.string()),
      hitCondition: z.optional(z.string()),
      // Not in the protocol yet; clients that can are welcome.
      mode: z.optional(z.string()),
    }),
  ),
});

const dataInfoArguments = z.looseObject({
  name: z.string(),
  variablesReference: z.optional(z.int()),
  frameId: z.optional(z.int()),
  mode: z.optional(z.string()),
});

const dataArguments = z.looseObject({
  breakpoints: z.array(
    z.looseObject({
      dataId: z.string(),
      accessType: z.optional(z.enum(['read', 'write', 'readWrite'])),
      condition: z.optional(z.string()),
      hitCondition: z.optional(z.string()),
    }),
  ),
});

const exceptionArguments = z.looseObject({
  filters: z.array(z.string()),
  filterOptions: z.optional(
    z.array(
      z.looseObject({
        filterId: z.string(),
        condition: z.optional(z.string()),
        mode: z.optional(z.string()),
      }),
    ),
  ),
});

/** What the program is to stop for. */
export const breakpoints: RequestTable = {
  setBreakpoints: request(setBreakpointsArguments, async (session, args) => {
    const asked: z.infer<typeof breakpoint>[] =
      args.breakpoints ?? (args.lines ?? []).map((line) => ({ line }));
    const terms = asked.map(({ line, column, condition, hitCondition, logMessage, mode }) => ({
      line,
      ...(column !== undefined && { column }),
      // Clients send empty texts for what the user has not filled in.
      ...(condition && { condition }),
      ...(hitCondition && { hitCondition }),
      ...(logMessage && { logMessage }),
      ...(mode && { mode }),
    }));
    return { breakpoints: await session.breakpoints.lines.set(pathOf(args.source), terms) };
  }),

  breakpointLocations: request(locationsArguments, (session, args) => {
    const { line, column = 1, endLine = line, endColumn = Number.MAX_SAFE_INTEGER } = args;
    const { breakTarget: target } = session.execution;
    const file = target?.sources.fileOf(pathOf(args.source)) ?? '';
    const found = target?.locations.between(
      { file, line, column },
      { line: endLine, column: endColumn },
    );
    return {
      breakpoints: (found ?? []).map(({ source: at }) => ({ line: at.line, column: at.column })),
    };
  }),

  setFunctionBreakpoints: request(functionArguments, async (session, args) => {
    const asked = args.breakpoints.map(({ name, condition, hitCondition, mode }) => ({
      name,
      ...(mode && { mode }),
      ...(condition && { condition }),
      ...(hitCondition && { hitCondition }),
    }));
    const breakpoints = session.breakpoints.functions.set(asked, session.topology);
    await session.applyFilters();
    return { breakpoints };
  }),

  dataBreakpointInfo: request(dataInfoArguments, async (session, args) => {
    const { name, variablesReference, mode } = args;
    const container = variablesReference && session.variables.get(variablesReference);
    if (container && container.kind !== 'view') return dataBreakpointInfo(undefined, name, mode);
    const ref = container ? container.ref : undefined;
    const target = await variableReaderOf(session).agent.call(
      'stateTarget',
      name,
      ...(ref ? [ref] : []),
    );
    return dataBreakpointInfo(target ?? undefined, name, mode);
  }),

  setDataBreakpoints: request(dataArguments, async (session, args) => {
    const asked = args.breakpoints.map(({ dataId, accessType, condition, hitCondition }) => ({
      dataId,
      ...(accessType && { accessType }),
      ...(condition && { condition }),
      ...(hitCondition && { hitCondition }),
    }));
    const breakpoints = session.breakpoints.data.set(asked, session.topology);
    await session.applyFilters();
    return { breakpoints };
  }),

  setExceptionBreakpoints: request(exceptionArguments, async (session, args) => {
    const { filters, filterOptions = [] } = args;
    const plain = filters.map((filter) => ({ filter }));
    const withTerms = filterOptions.map(({ filterId, condition, mode }) => {
      return { filter: filterId, ...(condition && { condition }), ...(mode && { mode }) };
    });
    const results = session.breakpoints.exceptions.choose([...plain, ...withTerms]);
    await session.applyFilters();
    return { breakpoints: results };
  }),
};

function pathOf({ path }: z.infer<typeof source>): string {
  if (path !== undefined) return path;
  throw new AdapterError('BAD_REQUEST', "'source.path' is missing: only files have breakpoints");
}
