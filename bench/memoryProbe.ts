import { createServer } from 'node:net';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';
import { probeSocket, type Reading } from './serverMemory';

/**
 * Loaded into the server under test before its own program (`node --require`): tells on a socket in its working
 * folder how much memory it has, and collects garbage on demand. Figures need the real server as it was built, which
 * has no door for this.
 */
function answerWhoAsks(): void {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const resolutionMs = 10;
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  const reading = (): Reading => {
    const { rss, heapUsed, external } = process.memoryUsage();
    const longestPauseMs = Math.max(0, delay.max / 1e6 - resolutionMs);
    delay.reset();
    return { rssBytes: rss, heapUsedBytes: heapUsed, externalBytes: external, longestPauseMs };
  };
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let asked = '';
    socket.on('error', () => socket.destroy());
    socket.on('data', (text) => {
      asked += String(text);
    });
    socket.on('end', () => {
      const answer = () => socket.end(JSON.stringify(reading()));
      if (asked !== 'settled') return answer();
      // Twice, with time in between: what finalisers let go of goes with the second one, and pages go back later.
      collect();
      setTimeout(() => {
        collect();
        setTimeout(answer, 500);
      }, 500);
    });
  });
  server.listen(path.join(process.cwd(), probeSocket)).unref();
}

if (isMainThread) answerWhoAsks();
