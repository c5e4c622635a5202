import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/live/**/*.test.ts'],
    testTimeout: 60_000,
    reporters: ['default', './test/live/agreement-reporter.ts'],
  },
})
