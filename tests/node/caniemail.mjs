// Counts, over every client that Can I email knows, the features of HTML files that a client does
// not support: one line of JSON on stdout for each file.
import { readFileSync } from 'node:fs';

import { caniemail, rawData } from 'caniemail';

const clients = rawData.data.flatMap(({ stats }) =>
  Object.entries(stats).flatMap(([family, places]) =>
    Object.keys(places).map((place) => [family, place]),
  ),
);
// A client that was not tried on a feature makes the package throw: "u" is its word for unknown.
for (const { stats } of rawData.data) {
  for (const [family, place] of clients) (stats[family] ??= {})[place] ??= { 0: 'u' };
}

for (const file of process.argv.slice(2)) {
  const { issues } = caniemail({ clients: ['*'], html: readFileSync(file, 'utf8') });
  const pairs = {};
  for (const [client, found] of issues.errors) {
    for (const { title } of found) (pairs[title] ??= new Set()).add(client);
  }
  const features = Object.fromEntries(
    Object.entries(pairs).map(([title, unable]) => [title, unable.size]),
  );
  const count = Object.values(features).reduce((sum, each) => sum + each, 0);
  console.log(JSON.stringify({ count, features }));
}
