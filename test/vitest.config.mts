import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,engines,transports}/**/*.test.{ts,tsx}'],
    // A test awaits events, each with its own limit and name; this is only the net below them.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    teardownTimeout: 5_000,
    retry: 0,
    // Real debuggers: more of them than cores would measure the scheduler.
    maxWorkers: 2,
    passWithNoTests: false,
    restoreMocks: true,
  },
});
