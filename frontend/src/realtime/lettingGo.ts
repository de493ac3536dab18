/** Ends a socket of which nothing more is wanted. A browser complains aloud of one that is closed while it opens: that
 * one is closed when it has opened. */
export function letGo(socket: WebSocket) {
  const isOpening = socket.readyState === WebSocket.CONNECTING
  socket.onmessage = socket.onclose = null
  socket.onopen = isOpening ? () => socket.close() : null
  if (!isOpening) socket.close()
}
