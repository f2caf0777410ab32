/** Exit code 0 when the server on this machine is alive; for HEALTHCHECK, where no curl is installed. */
const answer = await fetch(`http://127.0.0.1:${process.env.PORT ?? 3978}/healthz`, {
  signal: AbortSignal.timeout(2_500),
}).catch(() => undefined);
process.exit(answer?.ok ? 0 : 1);
