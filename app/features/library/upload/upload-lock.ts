/**
 * One window of a browser at a time sends an upload. Where the browser knows no locks (without https),
 * the server's own refusal (423) does alone.
 *
 * @returns how to let go; null when another window holds it
 */
export async function holdUpload(uploadId: string): Promise<(() => void) | null> {
  const { locks } = navigator
  if (!locks) return () => {}
  return new Promise((resolve) => {
    locks
      .request(`twinward upload ${uploadId}`, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(null)
        return new Promise<void>((letGo) => resolve(() => letGo()))
      })
      .catch(() => resolve(() => {}))
  })
}
