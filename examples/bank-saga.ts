// Bank saga: money moves between accounts in steps that are undone if a later one fails.
//
//   openings ──► accounts ◄──portal─┬─ transfers ──► audit ─┐   the audit asks for all balances
//                                   └───────────────────────┘   after each transfer
//
// A transfer withdraws from one account and deposits into the other, by two requests: the second
// is made in the continuation of the first. If the deposit is refused, the money goes back: that
// step compensates for the first one, and cannot be refused. Crash `transfers` or `accounts`
// wherever you like: no money is lost, and none is made.
import { PortalsJS } from 'portals';

interface Opening {
  readonly account: number;
  readonly amount: number;
}

interface Transfer {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly amount: number;
}

// What accounts are asked, and what they reply. The portal is typed by both.
type Request =
  | { readonly kind: 'withdraw' | 'deposit' | 'return'; account: number; amount: number }
  | { readonly kind: 'balance'; account: number };

type Reply =
  | { readonly kind: 'accepted'; balance: number }
  | { readonly kind: 'refused'; reason: string };

// How transfers end.
type Outcome =
  | { readonly kind: 'done' | 'undone'; transfer: Transfer; reason?: string }
  | { readonly kind: 'refused'; transfer: Transfer; reason: string };

/** An account takes no deposit that brings it above this. */
const LIMIT = 200;

const openings: Opening[] = [
  { account: 1, amount: 100 },
  { account: 2, amount: 50 },
  { account: 3, amount: 190 },
];

const orders: Transfer[][] = [
  [
    { id: 1, from: 1, to: 2, amount: 60 },
    { id: 2, from: 2, to: 1, amount: 500 },
  ],
  [{ id: 3, from: 2, to: 3, amount: 40 }],
  [
    { id: 4, from: 3, to: 1, amount: 90 },
    { id: 5, from: 1, to: 4, amount: 10 },
  ],
];

const builder = PortalsJS.ApplicationBuilder('bank');

// A request runs under the key of its account: one after the other for each account.
const accounts = builder.portal.portal<Request, Reply>('accounts', ({ account }) => account);

const opened = builder.generatorsWithName('openings').fromArray(openings);
const ordered = builder.generatorsWithName('orders').fromArrayOfArrays(orders);

// --- accounts: one balance for each key ----------------------------------------------------------

/** What an account with `balance` makes of `request`: the balance after it, or why not. */
function decide(balance: number | undefined, request: Request): number | string {
  if (balance === undefined) return `account ${request.account} is not open`;
  switch (request.kind) {
    case 'withdraw':
      if (balance < request.amount) return `account ${request.account} has only ${balance}`;
      return balance - request.amount;
    case 'deposit':
      if (balance + request.amount > LIMIT) return `account ${request.account} is full`;
      return balance + request.amount;
    case 'return':
      return balance + request.amount;
    case 'balance':
      return balance;
  }
}

builder
  .workflowsWithName('accounts')
  .source(opened.stream)
  .key(({ account }) => account)
  .replier(
    accounts,
    (ctx) => (opening) => {
      PortalsJS.PerKeyState('balance', 0, ctx).set(opening.amount);
    },
    (ctx) => (request) => {
      const balance = PortalsJS.PerKeyState<number | undefined>('balance', undefined, ctx);
      const decision = decide(balance.get(), request);
      if (typeof decision === 'string') {
        ctx.reply({ kind: 'refused', reason: decision });
        return;
      }
      balance.set(decision);
      ctx.reply({ kind: 'accepted', balance: decision });
    },
  )
  .withName('balance')
  .sink()
  .freeze();

// --- transfers: each one is a chain of continuations ---------------------------------------------

const transfers = builder
  .workflowsWithName('transfers')
  .source(ordered.stream)
  .key(({ id }) => id)
  .asker<Outcome>(accounts, (ctx) => (transfer) => {
    const { from, to, amount } = transfer;
    // Where this transfer stands, to be seen under its key in the debugger.
    const step = PortalsJS.PerKeyState('step', 'withdrawing', ctx);
    step.set('withdrawing');
    const withdrawn = ctx.ask(accounts, { kind: 'withdraw', account: from, amount });
    ctx.await(withdrawn, (ctx) => {
      const first = withdrawn.value(ctx);
      if (first.kind === 'refused') {
        step.set('refused');
        ctx.emit({ kind: 'refused', transfer, reason: first.reason });
        return;
      }
      step.set('depositing');
      const deposited = ctx.ask(accounts, { kind: 'deposit', account: to, amount });
      ctx.await(deposited, (ctx) => {
        const second = deposited.value(ctx);
        if (second.kind === 'accepted') {
          step.set('done');
          ctx.emit({ kind: 'done', transfer });
          return;
        }
        step.set('returning');
        const returned = ctx.ask(accounts, { kind: 'return', account: from, amount });
        ctx.await(returned, (ctx) => {
          step.set('undone');
          ctx.emit({ kind: 'undone', transfer, reason: second.reason });
        });
      });
    });
  })
  .withName('saga')
  .sink()
  .freeze();

// --- audit: what has become of all the money -----------------------------------------------------

builder
  .workflowsWithName('audit')
  .source(transfers.stream)
  .asker(accounts, (ctx) => ({ kind, transfer, reason }) => {
    const { id, from, to, amount } = transfer;
    const why = reason === undefined ? '' : `: ${reason}`;
    ctx.log.info(`transfer ${id} of ${amount} from ${from} to ${to} ${kind}${why}`);
    // The requests are one batch, which the accounts answer in one atom: a consistent picture.
    // If a transfer is between its two steps, the sum is less by its amount until it ends.
    const asked = openings.map(({ account }) => ctx.ask(accounts, { kind: 'balance', account }));
    ctx.awaitAll(asked, (ctx) => {
      const replies = asked.map((future) => future.value(ctx));
      const balances = replies.map((reply) => (reply.kind === 'accepted' ? reply.balance : 0));
      const sum = balances.reduce((total, balance) => total + balance, 0);
      ctx.log.info(`after transfer ${id}: ${balances.join(' + ')} = ${sum}`);
    });
  })
  .withName('report')
  .sink()
  .freeze();

export default builder.build();
