// Bank account: money moves between accounts by a saga, in TypeScript.
//
// A transfer takes the money from one account and then brings it to the other, by two requests to
// the portal `accounts`, the second in the continuation of the first. If the other account refuses,
// the money is brought back. At each moment the sum of all balances and of the money under way is
// the same: crash `transfers` wherever you like.
import { PortalsJS } from 'portals';

interface Transfer {
  id: number;
  from: number;
  to: number;
  amount: number;
}

type Request =
  | { type: 'withdraw'; account: number; amount: number }
  | { type: 'deposit'; account: number; amount: number };

interface Reply {
  accepted: boolean;
  balance: number;
}

/** Accounts hold no more than this, so that a deposit can be refused. */
const LIMIT = 200;

const openings: { account: number; amount: number }[][] = [
  [
    { account: 1, amount: 100 },
    { account: 2, amount: 50 },
    { account: 3, amount: 190 },
  ],
];

const transfers: Transfer[][] = [
  [
    { id: 1, from: 1, to: 2, amount: 60 },
    { id: 2, from: 2, to: 1, amount: 500 },
  ],
  [{ id: 3, from: 2, to: 3, amount: 40 }],
  [{ id: 4, from: 3, to: 1, amount: 90 }],
];

const builder = PortalsJS.ApplicationBuilder('bank');

const accounts = builder.portal.portal<Request, Reply>('accounts', (request) => request.account);

const opened = builder.generatorsWithName('openings').fromArrayOfArrays(openings);
const ordered = builder.generatorsWithName('transfers').fromArrayOfArrays(transfers);

builder
  .workflowsWithName('accounts')
  .source(opened.stream)
  .key((opening) => opening.account)
  .replier(
    accounts,
    (ctx) => (opening) => {
      PortalsJS.PerKeyState('balance', 0, ctx).set(opening.amount);
    },
    (ctx) => (request) => {
      const balance = PortalsJS.PerKeyState('balance', 0, ctx);
      const change = request.type === 'withdraw' ? -request.amount : request.amount;
      const after = balance.get() + change;
      const accepted = after >= 0 && after <= LIMIT;
      if (accepted) balance.set(after);
      ctx.reply({ accepted, balance: balance.get() });
    },
  )
  .withName('balance')
  .sink()
  .freeze();

builder
  .workflowsWithName('transfers')
  .source(ordered.stream)
  .key((transfer) => transfer.id)
  .asker(accounts, (ctx) => (transfer) => {
    const { id, from, to, amount } = transfer;
    const withdrawn = ctx.ask(accounts, { type: 'withdraw', account: from, amount });
    ctx.await(withdrawn, (ctx) => {
      if (!withdrawn.value(ctx).accepted) {
        ctx.emit(`transfer ${id} refused: account ${from} has not ${amount}`);
        return;
      }
      const deposited = ctx.ask(accounts, { type: 'deposit', account: to, amount });
      ctx.await(deposited, (ctx) => {
        if (deposited.value(ctx).accepted) {
          ctx.emit(`transfer ${id} done: ${amount} from ${from} to ${to}`);
          return;
        }
        // Compensation: the first half of the transfer is undone.
        const returned = ctx.ask(accounts, { type: 'deposit', account: from, amount });
        ctx.await(returned, (ctx) => {
          ctx.emit(`transfer ${id} undone: account ${to} is full`);
        });
      });
    });
  })
  .withName('saga')
  .logger()
  .withName('print')
  .sink()
  .freeze();

export default builder.build();
