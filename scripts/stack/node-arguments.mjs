// @ts-check
/**
 * Arguments of Node for worker, gateway and command line, as the image has them (deploy/Dockerfile). A chunk of commands
 * lives longer than a young generation of the default 16 MiB takes to fill: with 32 MiB less of it is copied (ADR 19).
 */
export const nodeArguments = ['--enable-source-maps', '--max-semi-space-size=32'];
