import type { z } from 'zod';
import { dataQueries } from './data';
import { evaluationQueries } from './evaluation';
import { exceptionQueries } from './exceptions';
import { processQueries } from './process';
import { sourceQueries } from './source';

const table = { ...evaluationQueries, ...exceptionQueries, ...processQueries, ...dataQueries, ...sourceQueries } as const;
type Table = typeof table;

export type QueryName = keyof Table;
export type QueryParams<N extends QueryName> = z.infer<Table[N]['params']>;
export type QueryAnswer<N extends QueryName> = z.infer<Table[N]['answer']>;

/** What a question holds, and what its answer must be. */
export interface Query<N extends QueryName> {
  readonly params: z.ZodType<QueryParams<N>>;
  readonly answer: z.ZodType<QueryAnswer<N>>;
}

/**
 * Everything that can be asked of a stopped program beside its stack, scopes and variables. The seam, the engines and the
 * bridge share this table. An answer belongs to one stop.
 */
export const queries: { readonly [N in QueryName]: Query<N> } = table;
