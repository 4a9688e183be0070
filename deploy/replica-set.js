// Run by mongosh once the three members answer (compose.yaml, profile `cluster`); again, it does nothing.
const NAME = 'rs0'
const MEMBERS = ['mongo-1:27017', 'mongo-2:27017', 'mongo-3:27017']
const PRIMARY_MS = 60_000

const state = () => {
  try {
    // awaited by the shell here, not by whoever called: otherwise nothing is caught
    const status = rs.status()
    return status
  } catch (error) {
    if (error.codeName === 'NotYetInitialized') return null
    throw error
  }
}

if (state() === null) {
  rs.initiate({ _id: NAME, members: MEMBERS.map((host, _id) => ({ _id, host })) })
}

const deadline = Date.now() + PRIMARY_MS
const counts = () => (state()?.members ?? []).map(({ stateStr }) => stateStr)
while (!counts().includes('PRIMARY') || !counts().includes('SECONDARY')) {
  if (Date.now() > deadline) {
    print(`No majority after ${PRIMARY_MS / 1000} s: ${counts().join(', ')}`)
    quit(1)
  }
  sleep(500)
}
print(`The replica set is there: ${counts().join(', ')}`)
