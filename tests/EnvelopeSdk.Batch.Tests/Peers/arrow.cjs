// The implementation of Arrow in JavaScript: `read FILE` prints the rows of a file as JSON, and `write FILE stream|file ROWS [large|plain]` makes one.
// Strings are places in dictionaries if nothing else is said; of those of a stream each of two batches has its own.
const arrow = require('apache-arrow');
const fs = require('fs');

const [mode, path, format, count, size] = process.argv.slice(2);
const rows = Number(count);
if (mode === 'read') {
  for (const row of arrow.tableFromIPC(fs.readFileSync(path))) {
    console.log(JSON.stringify(row, (_, value) => typeof value === 'bigint' ? Number(value) : value));
  }
} else {
  const strings = values => size === 'large' ? arrow.vectorFromArray(values, new arrow.LargeUtf8())
    : size === 'plain' ? arrow.vectorFromArray(values, new arrow.Utf8()) : values;
  const part = (from, to) => {
    const ids = Array.from({ length: to - from }, (_, i) => from + i);
    return arrow.tableFromArrays({
      id: Int32Array.from(ids),
      distance: Float64Array.from(ids, id => id % 900 + 0.5),
      passengers: Int32Array.from(ids, id => id % 3),
      zone: strings(ids.map(id => id % 7 === 0 ? null : 'zone ' + (id % 50 + (id < rows / 2 ? 0 : 25)))),
      flag: ids.map(id => id % 2 === 0),
    });
  };
  const whole = format === 'file' ? part(0, rows) : part(0, rows / 2).concat(part(rows / 2, rows));
  fs.writeFileSync(path, arrow.tableToIPC(whole, format));
}
