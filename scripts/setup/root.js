import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root folder; every path starts here, never at the working directory. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/**
 * @param {...string} parts
 * @returns {string} an absolute path below the root
 */
export function fromRoot(...parts) {
  return join(ROOT, ...parts)
}
