# Skep: the commands for people. Everything they need is installed by tools/setup/setup.sh, which is silent when all is there.
.PHONY: all firmware demo test bench campaign tidy generate clean setup
.DEFAULT_GOAL := all

setup:
	@tools/setup/setup.sh

all: setup          ## host programs into build/bin
	@tools/build.sh host

firmware: setup     ## the firmware of both boards into build/mps2_an386 and build/stm32g474
	@tools/build.sh mps2_an386
	@tools/build.sh stm32g474

demo: all firmware  ## the main job, shown to a person
	@tools/demo.sh

test: setup         ## every test; ends with a line that counts them
	@tools/test.sh

bench: all firmware ## speed, size and RAM against native code; writes build/bench.json
	@tools/bench.sh

campaign: all firmware ## long fuzzing, differential and csmith runs
	@tools/campaign.sh

tidy: setup         ## floors, style, generated files, sizes
	@python3 tools/tidy

generate: setup     ## makes the generated files again
	@python3 tools/generate

clean:
	rm -rf build
