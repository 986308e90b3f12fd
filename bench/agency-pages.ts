/** Who asks: an owner, a manager under the root, one three levels deeper, a consultant. */
export type Who = 'owner' | 'top' | 'lower' | 'consultant'

/** Lists have 30 ms, searches 50; what counts and sums a year of orders has what quality.md gives a count. */
const counting = 150

/** Requests of a page, by whom, and what each may take (95th percentile, milliseconds). */
export type Page = { path: string; goal: number; asks: readonly (readonly [Who, string])[] }

/** What the pages of the agency tab read. `level` has a member of each level, `client` is a client with a consultant. */
export function pagesOf({ level, client }: { level: readonly string[]; client: string }): Page[] {
  const following = (by: string) => [
    ['owner', `following/totals?by=${by}`] as const,
    ['top', `following/totals?by=${by}`] as const,
    ['lower', `following/totals?by=${by}`] as const,
  ]
  return [
    {
      path: 'agency tree: the top, a level, the deepest',
      goal: 30,
      asks: [
        ['owner', 'agency-tree'],
        ['owner', `agency-tree?under=${level[0]}`],
        ['owner', `agency-tree?under=${level[2]}`],
        ['owner', `agency-tree?under=${level[4]}`],
        ['top', 'agency-tree'],
        ['top', `agency-tree?under=${level[0]}`],
        ['lower', `agency-tree?under=${level[3]}`],
        ['owner', 'members/options'],
      ],
    },
    {
      path: 'agency tree: search',
      goal: 50,
      asks: [
        ['owner', 'agency-tree/search?q=nom'],
        ['owner', 'agency-tree/search?q=prenom+nom-87'],
        ['owner', 'agency-tree/search?q=membre-555'],
        ['top', 'agency-tree/search?q=nom-6'],
      ],
    },
    {
      path: 'agency, tab Clients',
      goal: 30,
      asks: [
        ['owner', 'clients?limit=50'],
        ['top', 'clients?limit=50&sort=-createdAt'],
        ['lower', 'clients?limit=50&sort=-lastActivityAt'],
        ['consultant', 'clients?limit=50'],
      ],
    },
    {
      path: 'budgets: a level and what is below it',
      goal: 30,
      asks: [
        ['owner', 'budgets'],
        ['owner', 'budgets/below'],
        ['owner', `budgets?member=${level[0]}`],
        ['owner', `budgets/below?member=${level[0]}`],
        ['owner', `budgets/below?member=${level[4]}`],
        ['owner', `budgets/below?member=${level[5]}`],
        ['owner', `budgets?client=${client}`],
        ['top', 'budgets'],
        ['top', 'budgets/below'],
        ['lower', 'budgets'],
        ['lower', 'budgets/below'],
        ['consultant', 'budgets'],
        ['consultant', 'budgets/below'],
        ['owner', 'budgets/requests'],
        ['consultant', 'budgets/carry-over'],
      ],
    },
    {
      path: 'budgets: the sum of all below',
      goal: counting,
      asks: [
        ['owner', 'budgets/below/total'],
        ['owner', `budgets/below/total?member=${level[3]}`],
      ],
    },
    {
      path: 'budgets: search',
      goal: 50,
      asks: [
        ['owner', 'budgets/below?q=boulangerie'],
        ['owner', 'budgets/below?q=nom-555'],
        ['top', 'budgets/below?q=garage+ber'],
        ['consultant', 'budgets/below?q=hotel'],
      ],
    },
    {
      path: 'orders: the list, filtered',
      goal: 30,
      asks: [
        ['owner', 'orders'],
        ['owner', 'orders?state=placed,accepted,in_progress'],
        ['owner', 'orders?sort=-total'],
        ['owner', 'orders?late=true'],
        ['owner', `orders?member=${level[1]}`],
        ['owner', `orders?client=${client}`],
        ['owner', 'orders?sort=dueOn'],
        ['top', 'orders'],
        ['top', 'orders?state=delivered'],
        ['lower', 'orders'],
        ['consultant', 'orders'],
      ],
    },
    {
      path: 'orders: counts of what is under way',
      goal: counting,
      asks: [
        ['owner', 'order-counts'],
        ['top', 'order-counts'],
        ['consultant', 'order-counts'],
      ],
    },
    {
      path: 'orders: search',
      goal: 50,
      asks: [
        ['owner', 'orders?q=boulangerie'],
        ['owner', 'orders?q=gazette+vins'],
        ['owner', 'orders?q=%2349000'],
        ['owner', 'orders?q=carnets+jardins+714'],
        ['owner', 'orders?q=introuvable'],
        ['top', 'orders?q=hotel'],
        ['consultant', 'orders?q=gazette'],
      ],
    },
    {
      path: 'campaigns and projects: the lists',
      goal: 30,
      asks: [
        ['owner', 'campaigns'],
        ['owner', 'campaigns?phase=running'],
        ['top', 'campaigns'],
        ['owner', 'projects'],
        ['top', 'projects'],
        ['consultant', 'projects'],
      ],
    },
    {
      path: 'campaigns and projects: search',
      goal: 50,
      asks: [
        ['owner', 'campaigns?q=rentree+garage'],
        ['top', 'campaigns?q=hotel'],
        ['owner', 'projects?q=boulangerie'],
        ['top', 'projects?q=77.exemple'],
      ],
    },
    {
      path: 'following: figures and the chart of twelve months',
      goal: counting,
      asks: [
        ['owner', 'following'],
        ['top', 'following'],
        ['lower', 'following'],
        ['consultant', 'following'],
        ['owner', `following?manager=${level[4]}`],
        ['owner', 'following?state=approved'],
      ],
    },
    {
      path: 'following: totals by client, campaign, project, person and month',
      goal: counting,
      asks: [
        ...['client', 'campaign', 'project', 'manager', 'consultant', 'month'].flatMap(following),
        ['owner', 'following/totals?by=client&sort=name'],
        ['owner', 'following/totals?by=client&sort=-waiting'],
        ['top', 'following/totals?by=client&sort=name'],
        ['owner', `following/totals?by=client&manager=${level[4]}`],
      ],
    },
    {
      path: 'following: search',
      goal: counting,
      asks: [
        ['owner', 'following/totals?by=client&q=boulangerie'],
        ['top', 'following/totals?by=client&q=hotel'],
        ['owner', 'following/totals?by=campaign&q=garage'],
        ['owner', 'following/totals?by=project&q=garage'],
      ],
    },
  ]
}
