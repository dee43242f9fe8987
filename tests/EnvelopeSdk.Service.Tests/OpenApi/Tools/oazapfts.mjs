// Writes a client of each document beside it.
import { writeFile } from "node:fs/promises";
import { generateSource } from "oazapfts";

for (const document of process.argv.slice(2)) {
  try {
    await writeFile(document + ".ts", await generateSource(document));
  } catch (error) {
    console.error(document, error);
    process.exitCode = 1;
  }
}
