# The peers in R: PHEindicatormethods and NHSRplotthedots, installed or as folders of their sources; CSV in and out.
suppressMessages(library(dplyr))

load_peer <- function(package, folder) {
  if (nzchar(folder)) {
    for (file in sort(list.files(file.path(folder, "R"), pattern = "[.][Rr]$", full.names = TRUE))) source(file)
    "sources"
  } else {
    suppressMessages(library(package, character.only = TRUE))
    as.character(packageVersion(package))
  }
}

arguments <- commandArgs(trailingOnly = TRUE)
package <- arguments[[1]]
found <- load_peer(package, if (length(arguments) > 1) arguments[[2]] else "")

tasks <- list(
  proportions = function(d) phe_proportion(d, x, n, multiplier = 100, confidence = c(0.95, 0.998)),
  rates = function(d) phe_rate(d, x, n, multiplier = 100000, confidence = c(0.95, 0.998)),
  charts = function(d) {
    # the steps of ptd_spc that calculate, without its checks of the arguments
    d$rebase <- 0
    options <- list(value_field = "value", date_field = "month", facet_field = "series", screen_outliers = TRUE)
    ptd_calculate_point_type(ptd_spc_standard(d, options), 1)
  }
)

cat(sprintf('{"version": "%s %s, R %s, dplyr %s"}\n', package, found, getRversion(), packageVersion("dplyr")))
flush(stdout())
connection <- file("stdin", open = "r")
while (length(line <- readLines(connection, n = 1)) > 0) {
  parts <- strsplit(line, " ")[[1]]
  d <- read.csv(parts[[2]])
  # as dplyr's users have it: numbers, not whole numbers
  for (name in intersect(c("x", "n", "value"), names(d))) d[[name]] <- as.numeric(d[[name]])
  gc()
  spent <- system.time(answer <- tasks[[parts[[1]]]](d))
  if (parts[[3]] != "-") write.csv(format(as.data.frame(answer), digits = 17), parts[[3]], row.names = FALSE)
  cat(sprintf('{"seconds": %.6f, "processor": %.6f}\n', spent[["elapsed"]], spent[["user.self"]] + spent[["sys.self"]]))
  flush(stdout())
}
