/** The oldest Node that every dependency supports; `engines` in package.json says the same. */
const OLDEST = { major: 20, minor: 19 }

/** Ends the process with one sentence when this Node is too old. Written for old parsers. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return
  console.error(
    `Twinward needs Node ${OLDEST.major}.${OLDEST.minor} or newer and this is ${process.version}: ` +
      'install a current release (22 or 24 recommended) and run the command again.',
  )
  process.exit(1)
}
