/**
 * The peer of the benchmarks: a plain echo bot as Microsoft's documentation of the Bot Framework SDK for
 * JavaScript describes it (restify with bodyParser, one CloudAdapter, one ActivityHandler that sends back
 * "Echo: …"). It recognises nothing, remembers nothing and stores nothing. A program of its own.
 */
import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
} from 'botbuilder';
import * as restify from 'restify';

class EchoBot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      const echo = `Echo: ${context.activity.text}`;
      await context.sendActivity(MessageFactory.text(echo, echo));
      await next();
    });
  }
}

const bot = new EchoBot();
// No app id: neither side authenticates, as on a developer's machine.
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
adapter.onTurnError = async (_context, error) => {
  console.error(error);
};

const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (req: restify.Request, res: restify.Response) => {
  await adapter.process(req, res, (context) => bot.run(context));
});
server.listen(0, '127.0.0.1', () => console.log(`Echo bot: ${server.url}/`));
