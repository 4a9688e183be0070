/* Socket.IO alone, with the product's options: what one of its sockets says goes to the whole room. */
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { listen } from './room-of.js'

const server = createServer()
const io = new Server(server, {
  transports: ['websocket', 'polling'],
  perMessageDeflate: false,
  serveClient: false,
})
io.on('connection', (socket) => {
  socket.on('join', (room, done) => {
    socket.join(room)
    done()
  })
  socket.on('post', (room, reply) => io.local.to(room).emit('reply:posted', reply))
})
listen(server)
