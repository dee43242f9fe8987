// Reads each document whole, follows its references, and checks it by the schema of OpenAPI.
import SwaggerParser from "@apidevtools/swagger-parser";

for (const document of process.argv.slice(2)) {
  try {
    await SwaggerParser.validate(document);
  } catch (error) {
    console.error(document, error);
    process.exitCode = 1;
  }
}
