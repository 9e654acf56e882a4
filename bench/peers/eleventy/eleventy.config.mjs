import { dateToRfc3339, dateToRfc822 } from "@11ty/eleventy-plugin-rss";

const pages = process.env.BENCH_PAGES === "1";

export default function (config) {
  config.addFilter("rfc3339", dateToRfc3339);
  config.addFilter("rfc822", dateToRfc822);
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addCollection("items", (all) => all.getFilteredByGlob("items/**/*.md"));
  config.addGlobalData("layout", pages ? "page.njk" : null);
  config.addGlobalData("eleventyComputed", {
    permalink: (data) => {
      if (!data.page.inputPath.endsWith(".md")) return data.permalink;
      const at = data.page.date.toISOString();
      return pages ? `/items/${at.slice(0, 4)}/${at.slice(5, 7)}/${data.slug}.html` : false;
    },
  });
  return {
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
    dir: { input: ".", includes: "_includes", output: "_site" },
  };
}
