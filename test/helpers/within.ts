/**
 * The promise's value, or a failure that names what was awaited.
 *
 * @param milliseconds the longest wait that still means the thing works; generous, since machines are shared
 */
export async function within<T>(milliseconds: number, awaited: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no ${awaited} within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([promise, deadline]).finally(() => clearTimeout(timer));
}
