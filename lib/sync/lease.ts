/** Longer than the client waits for an answer, so that a living sender never loses its entry. */
export const LEASE_MS = 180_000
