import type { Answer } from '../../preload/protocol/answer';
import { requests } from '../../preload/protocol/bridge';
import type { Caller, Handlers, RequestName } from '../../preload/protocol/bridge';
import type { FailureBody } from '../../preload/protocol/failure';
import { Failure } from '../failures';

/** A request as it came, unchecked. */
export interface Asked {
  readonly name?: unknown;
  readonly params?: unknown;
}

const isRequest = (name: unknown): name is RequestName => typeof name === 'string' && Object.hasOwn(requests, name);

/**
 * Answers one request of a window: the name and the parameters are checked, the handler is called,
 * and whatever is thrown becomes a code and a sentence. The one place that catches everything.
 */
export async function answer(handlers: Handlers, { name, params }: Asked, caller: Caller): Promise<Answer<unknown>> {
  try {
    if (!isRequest(name))
      return refuse({ code: 'bad-request', message: 'This window asks for something that this version does not know. Reload it.' });
    return { ok: true, result: await call(handlers, name, { params, caller }) };
  } catch (error) {
    return refuse(asFailure(error));
  }
}

async function call(handlers: Handlers, name: RequestName, { params, caller }: { params: unknown; caller: Caller }): Promise<unknown> {
  const checked = requests[name].params.safeParse(params);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new Failure(
      'bad-request',
      `${name}: ${issue?.path.join('.') || 'parameters'}: ${issue?.message ?? 'not valid'}. Correct it and try again.`,
    );
  }
  // The schema and the handler are of the same name, so the handler takes what the schema gave; the compiler cannot tell.
  const handler = handlers[name] as (params: unknown, caller: Caller) => Promise<unknown>;
  return handler(checked.data, caller);
}

const refuse = (failure: FailureBody): Answer<never> => ({ ok: false, failure });

function asFailure(error: unknown): FailureBody {
  if (error instanceof Failure) return { code: error.code, message: error.message };
  console.error(error);
  const what = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: `Casebook itself failed: ${what}. Nothing of the session is lost; try again, or report it with the text of the log.`,
  };
}
