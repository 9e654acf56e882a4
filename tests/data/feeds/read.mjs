// Prints as JSON what feedsmith reads in each file named: one list of entries a file.
import { readFileSync } from 'node:fs'
import { parseFeed } from '../../node/node_modules/feedsmith/dist/index.mjs'

const readers = {
  atom: (feed) =>
    (feed.entries ?? []).map((entry) => ({
      id: entry.id,
      url: entry.links.find((link) => link.rel === 'alternate').href,
      title: entry.title.value ?? entry.title,
      date: entry.published,
      enclosures: entry.links.filter((link) => link.rel === 'enclosure').map((link) => link.href),
    })),
  rss: (feed) =>
    (feed.items ?? []).map((item) => ({
      id: item.guid.value,
      url: item.link,
      title: item.title,
      date: item.pubDate,
      enclosures: (item.enclosures ?? [])
        .map((enclosure) => enclosure.url)
        .concat(
          (item.media?.contents ?? [])
            .filter((content) => content.medium !== 'image')
            .map((content) => content.url),
        ),
    })),
  json: (feed) =>
    (feed.items ?? []).map((item) => ({
      id: item.id,
      url: item.url,
      title: item.title,
      date: item.date_published,
      enclosures: (item.attachments ?? []).map((attachment) => attachment.url),
    })),
}

const read = process.argv.slice(2).map((file) => {
  const { format, feed } = parseFeed(readFileSync(file, 'utf8'))
  return { format, entries: readers[format](feed) }
})
console.log(JSON.stringify(read))
