/** Ends a switch over a union: a member without a case stops the build here. */
export function never(value: never): never {
  throw new Error(`no case for ${JSON.stringify(value)}`);
}
